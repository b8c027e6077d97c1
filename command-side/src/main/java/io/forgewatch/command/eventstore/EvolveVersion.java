package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.event.SubjectType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What makes a state: a hash over all code of ours that the decider and the state name, directly or by way of others, and over the
 * figures that the decider evolves by; but not over what {@link SubjectType} names, which describes all there is: whatever were
 * added anywhere, every state would be of another version. So nobody can forget to say that a state is made otherwise than before; a hash that changes
 * for nothing costs a snapshot, which is disposable.
 */
final class EvolveVersion {

    private static final String OURS = "io/forgewatch/";
    private static final String DESCRIPTIONS = internalName(SubjectType.class);
    // Maps have no order that two processes would agree on.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private EvolveVersion() {}

    /** @throws IOException when a class can't be read back from where it came from, or what is evolved by is no JSON */
    static String of(Decider<?, ?> decider, Class<?> state) throws IOException {
        MessageDigest digest = sha256();
        code(decider.getClass(), state).values().forEach(digest::update);
        try {
            digest.update(JSON.writeValueAsBytes(decider.evolvesBy()));
        } catch (JacksonException unfit) {
            throw new IOException("What " + decider.name() + " evolves by can't be written down", unfit);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    /** The class files of ours that are reached from these, by their internal names. */
    static SortedMap<String, byte[]> code(Class<?>... from) throws IOException {
        SortedMap<String, byte[]> found = new TreeMap<>();
        Deque<String> ahead = new ArrayDeque<>();
        for (Class<?> one : from) {
            ahead.add(internalName(one));
        }
        while (!ahead.isEmpty()) {
            String name = ahead.remove();
            if (name.startsWith(OURS) && !name.equals(DESCRIPTIONS) && !found.containsKey(name)) {
                byte[] bytes = bytes(name, from[0].getClassLoader());
                found.put(name, bytes);
                for (PoolEntry entry : ClassFile.of().parse(bytes).constantPool()) {
                    named(entry).ifPresent(ahead::add);
                }
            }
        }
        return found;
    }

    private static Optional<String> named(PoolEntry entry) {
        if (!(entry instanceof ClassEntry other)) {
            return Optional.empty();
        }
        String name = other.asInternalName();
        return Optional.of(
                name.startsWith("[") ? name.substring(name.lastIndexOf('[') + 1).replaceAll("^L|;$", "") : name);
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static byte[] bytes(String name, ClassLoader loader) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IOException("The class file of " + name + " is not to be had");
            }
            return in.readAllBytes();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
