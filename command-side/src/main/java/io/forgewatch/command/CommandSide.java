package io.forgewatch.command;

import io.forgewatch.web.WebEdge;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The side that takes readings and commands, decides, appends events and relays them. */
@SpringBootApplication(proxyBeanMethods = false)
@Import(WebEdge.class)
public class CommandSide {

    /** Ends at Ctrl-C or SIGTERM, after the requests under way. */
    public static void main(String[] args) {
        application().run(args);
    }

    /**
     * Starts this side within a JVM that has others too. The caller closes it; no shutdown hook is set.
     *
     * @param properties stronger than the file {@code command-side.yaml} and the environment
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        SpringApplication application = application();
        application.setRegisterShutdownHook(false);
        return application.run(WebEdge.arguments(properties));
    }

    private static SpringApplication application() {
        // Axon tells its maker about its use unless this is set; a safety system keeps to itself.
        System.setProperty("axoniq.update-checker.disabled", "true");
        return WebEdge.application(CommandSide.class, "command-side");
    }
}
