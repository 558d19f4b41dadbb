// Connect to the payment filter in Java: `java -cp 'LIBS/*' Connect.java send FILE…`, `alerts`, or `decision ID`.
// LIBS holds kafka-clients, slf4j-api and a JSON reader (here: jackson-databind); .build/kafka/libs has them all.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

public class Connect {
    static final String PREFIX = System.getenv().getOrDefault("PAYMENT_FILTER_TOPIC_PREFIX", "");
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] words) throws Exception {
        switch (words.length == 0 ? "" : words[0]) {
            case "send" -> send(Arrays.copyOfRange(words, 1, words.length));
            case "alerts" -> alerts();
            case "decision" -> decision(words[1]);
            default -> stop("java Connect.java send FILE… | alerts | decision ID");
        }
    }

    /** Publish each file as one message and wait for its outcome, found by where the message stood. */
    static void send(String[] files) throws Exception {
        try (var consumer = consumer("execute", "suspend", "reject")) {
            consumer.seekToEnd(consumer.assignment());
            consumer.assignment().forEach(consumer::position); // listen before you speak: seekToEnd is lazy
            Map<String, String> waiting = publish(files);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!waiting.isEmpty() && System.nanoTime() < until) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    String file = waiting.remove(header(record, "payment-filter-source"));
                    if (file != null) {
                        System.out.println(file + " " + header(record, "payment-filter-outcome") + " "
                                + header(record, "payment-filter-decision-id"));
                    }
                }
            }
            if (!waiting.isEmpty()) stop("no outcome within " + PATIENCE.toSeconds() + " s for: " + waiting.values());
        }
    }

    static Map<String, String> publish(String[] files) throws Exception {
        Map<String, Object> options = kafka(Map.of("enable.idempotence", true));
        Map<String, String> stands = new LinkedHashMap<>();
        try (var producer = new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String file : files) {
                // In production the key is a keyed hash of the payer's account: order is kept for each payer.
                byte[] key = Path.of(file).getFileName().toString().getBytes(StandardCharsets.UTF_8);
                byte[] value = Files.readAllBytes(Path.of(file));
                var at = producer.send(new ProducerRecord<>(PREFIX + "payments.inbound", key, value)).get();
                stands.put(at.topic() + "/" + at.partition() + "/" + at.offset(), file);
            }
        }
        return stands;
    }

    /** Every alert once, told apart by ce_id: the same payment sent or decided again makes no second alert. */
    static void alerts() throws Exception {
        Set<String> seen = new HashSet<>(); // keep this beside your cases, in the same transaction
        for (var record : everything("alerts")) {
            String id = header(record, "ce_id");
            if (!seen.add(id)) continue;
            JsonNode alert = JSON.readTree(record.value());
            System.out.println(id + " " + alert.get("case_id").asText() + " " + alert.get("severity").asText() + " "
                    + alert.get("kind").asText());
        }
    }

    /** Read one decision record, and say why. */
    static void decision(String id) throws Exception {
        for (var record : everything("decisions")) {
            if (!id.equals(header(record, "payment-filter-decision-id"))) continue;
            JsonNode told = JSON.readTree(record.value());
            System.out.println(told.get("outcome").asText() + " under policy " + told.at("/policy/id").asText()
                    + ", edition " + told.at("/edition/id").asText());
            for (JsonNode finding : told.get("findings")) {
                System.out.println(finding.get("reason").asText() + " at " + finding.get("path").asText() + ": "
                        + finding.get("sentence").asText() + " (" + finding.get("source").asText() + ")");
            }
            return;
        }
        stop("there is no decision " + id);
    }

    /** What stands on the topic now, and was committed. */
    static List<ConsumerRecord<byte[], byte[]>> everything(String topic) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (var consumer = consumer(topic)) {
            consumer.seekToBeginning(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > until) stop("the end of " + topic + " was not reached");
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    static KafkaConsumer<byte[], byte[]> consumer(String... topics) throws IOException {
        Map<String, Object> options = kafka(Map.of("isolation.level", "read_committed",
                "enable.auto.commit", false, "allow.auto.create.topics", false));
        var consumer = new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> places = new ArrayList<>();
        for (String topic : topics) {
            for (var partition : consumer.partitionsFor(PREFIX + "payments." + topic)) {
                places.add(new TopicPartition(partition.topic(), partition.partition()));
            }
        }
        consumer.assign(places);
        return consumer;
    }

    /** Where Kafka is and how to log in, beside these options. */
    static Map<String, Object> kafka(Map<String, Object> beside) throws IOException {
        Map<String, Object> options = new HashMap<>(beside);
        options.put("bootstrap.servers", said("BOOTSTRAP", "localhost:9092"));
        String protocol = said("SECURITY_PROTOCOL", "PLAINTEXT"); // SASL_SSL: name and password; SSL: a certificate
        options.put("security.protocol", protocol);
        if (protocol.endsWith("SSL")) { // who vouches for the brokers
            options.put("ssl.truststore.type", "PEM");
            options.put("ssl.truststore.location", said("SSL_CA_LOCATION", ""));
        }
        if (protocol.equals("SSL")) { // your certificate chain and its key (PKCS 8)
            options.put("ssl.keystore.type", "PEM");
            options.put("ssl.keystore.certificate.chain", Files.readString(Path.of(said("SSL_CERTIFICATE_LOCATION", ""))));
            options.put("ssl.keystore.key", Files.readString(Path.of(said("SSL_KEY_LOCATION", ""))));
        }
        if (protocol.startsWith("SASL")) {
            options.put("sasl.mechanism", said("SASL_MECHANISM", "SCRAM-SHA-512"));
            options.put("sasl.jaas.config", String.format(
                    "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";",
                    said("SASL_USERNAME", ""), said("SASL_PASSWORD", "")));
        }
        return options;
    }

    static String said(String name, String otherwise) {
        return System.getenv().getOrDefault("PAYMENT_FILTER_KAFKA_" + name, otherwise);
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    static void stop(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }
}
