package io.forgewatch.command.detection;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.internals.ConsumerFactory;

/**
 * A consumer that leaves its group when it is closed: its partitions go to the others at once. One that has a name in the group keeps
 * its place else, and what is said in its partitions waits until its session is over.
 */
final class LeavingConsumer<K, V> extends KafkaConsumer<K, V> {

    /** For a receiver. */
    static final ConsumerFactory FACTORY = new ConsumerFactory() {
        @Override
        public <K, V> Consumer<K, V> createConsumer(ReceiverOptions<K, V> options) {
            return new LeavingConsumer<>(options.consumerProperties());
        }
    };

    private LeavingConsumer(Map<String, Object> settings) {
        super(settings);
    }

    /** As the receiver calls it. */
    @Override
    @SuppressWarnings("deprecation")
    public void close(Duration timeout) {
        super.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
}
