package io.forgewatch.query;

import io.forgewatch.web.WebEdge;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The side that projects events and readings into read models and serves them. */
@SpringBootApplication(proxyBeanMethods = false)
@Import(WebEdge.class)
public class QuerySide {

    /** Ends at Ctrl-C or SIGTERM, after the requests under way. */
    public static void main(String[] args) {
        application().run(args);
    }

    /**
     * Starts this side within a JVM that has others too. The caller closes it; no shutdown hook is set.
     *
     * @param properties stronger than the file {@code query-side.yaml} and the environment
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        SpringApplication application = application();
        application.setRegisterShutdownHook(false);
        return application.run(WebEdge.arguments(properties));
    }

    private static SpringApplication application() {
        return WebEdge.application(QuerySide.class, "query-side");
    }
}
