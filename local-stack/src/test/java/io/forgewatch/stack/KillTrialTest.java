package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** The process is killed, the process is stopped: what is lost, and what is left behind? */
class KillTrialTest {

    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @TempDir
    Path home;

    @Test
    void
            given_acknowledged_writes_when_the_process_is_killed_and_started_again_then_all_are_there_and_a_stop_leaves_nothing()
                    throws Exception {
        Map<StackPort, Integer> ports = StackProcess.freePorts();
        StackProcess killed = StackProcess.start(StackProcess.class, home, ports);
        RunFile run = killed.awaitReady();
        execute(run, "create table kept (n int)");
        execute(run, "insert into kept values (7)");
        produce(run);
        writeDocuments(run, 500);
        ProcessHandle orphan = postmaster();
        killed.kill();
        assertThat(orphan.isAlive()).as("PostgreSQL survives its parent").isTrue();

        StackProcess again = StackProcess.start(StackProcess.class, home, ports);
        run = again.awaitReady();
        Await.until("the orphan is gone", Duration.ofSeconds(30), () -> !orphan.isAlive());
        assertThat(kept(run)).isEqualTo(7);
        assertThat(consumed(run)).isEqualTo("seven");
        List<Integer> documents = documents(run);
        assertThat(documents)
                .as("what is there is the beginning of what was written")
                .isEqualTo(IntStream.range(0, documents.size()).boxed().toList());

        ProcessHandle postgres = postmaster();
        again.stop();
        Await.until("PostgreSQL is gone", Duration.ofSeconds(30), () -> !postgres.isAlive());
        assertThat(home.resolve("run.json")).doesNotExist();
        assertThat(home.resolve("data/postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void given_a_stack_that_runs_when_another_is_started_on_its_folder_then_that_is_told() throws Exception {
        StackProcess first = StackProcess.start(StackProcess.class, home, StackProcess.freePorts());
        RunFile run = first.awaitReady();
        StackProcess second = StackProcess.start(Forgewatch.class, home, StackProcess.freePorts(), "run");
        assertThat(second.awaitEnd()).isEqualTo(1);
        assertThat(second.output()).contains("already running").contains("process " + run.pid());
        assertThat(home.resolve("run.json")).exists();
        first.stop();
    }

    @Test
    void given_a_port_that_is_taken_when_started_then_the_message_names_the_flag_and_it_ends_with_1() throws Exception {
        Map<StackPort, Integer> ports = StackProcess.freePorts();
        try (ServerSocket taken =
                new ServerSocket(ports.get(StackPort.QUERY), 1, java.net.InetAddress.getLoopbackAddress())) {
            StackProcess process = StackProcess.start(Forgewatch.class, home, ports, "run");
            assertThat(process.awaitEnd()).isEqualTo(1);
            assertThat(process.output())
                    .contains("Port " + taken.getLocalPort())
                    .contains("--query-port")
                    .contains("FORGEWATCH_QUERY_PORT");
        }
    }

    private ProcessHandle postmaster() throws Exception {
        String pid = Files.readAllLines(home.resolve("data/postgres/data/postmaster.pid"))
                .getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void produce(RunFile run) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", run.kafka()));
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", run.kafka(), "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(PARTITION.topic(), "seven")).get(60, TimeUnit.SECONDS);
        }
    }

    private static String consumed(RunFile run) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", run.kafka()), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            return consumer.poll(Duration.ofSeconds(60)).iterator().next().value();
        }
    }

    private static void writeDocuments(RunFile run, int count) {
        try (MongoClient client = MongoClients.create(run.mongodb())) {
            MongoCollection<Document> kept = client.getDatabase("forgewatch").getCollection("kept");
            Flux.range(0, count)
                    .concatMap(n -> kept.insertOne(new Document("_id", n)))
                    .blockLast(Duration.ofMinutes(1));
        }
    }

    private static List<Integer> documents(RunFile run) {
        try (MongoClient client = MongoClients.create(run.mongodb())) {
            return Flux.from(client.getDatabase("forgewatch")
                            .getCollection("kept")
                            .find()
                            .sort(new Document("_id", 1)))
                    .map(document -> document.getInteger("_id"))
                    .collectList()
                    .blockOptional(Duration.ofMinutes(1))
                    .orElseThrow();
        }
    }

    private static void execute(RunFile run, String sql) throws SQLException {
        try (Connection connection = connect(run);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int kept(RunFile run) throws SQLException {
        try (Connection connection = connect(run);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select n from kept")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    private static Connection connect(RunFile run) throws SQLException {
        URI url = URI.create(run.postgres());
        String[] user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + url.getPort() + url.getPath(), user[0], user[1]);
    }
}
