package io.forgewatch.command.eventstore;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * Which code makes a state: a hash over the classes of the decider and of its state, as far as they are ours. So nobody can forget
 * to say that a state is made otherwise than before; a hash that changes for nothing costs a snapshot, which is disposable.
 */
final class EvolveVersion {

    private static final String OURS = "io.forgewatch.";

    private EvolveVersion() {}

    /** @throws IOException when a class can't be read back from where it came from */
    static String of(Class<?> decider, Class<?> state) throws IOException {
        TreeSet<Class<?>> classes = new TreeSet<>(Comparator.comparing(Class::getName));
        collect(decider, classes);
        collect(state, classes);
        MessageDigest digest = sha256();
        for (Class<?> one : classes) {
            digest.update(bytes(one));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static void collect(Type type, TreeSet<Class<?>> into) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), into);
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, into);
            }
        } else if (type instanceof Class<?> one && one.getName().startsWith(OURS) && into.add(one)) {
            collectRelated(one, into);
        }
    }

    private static void collectRelated(Class<?> one, TreeSet<Class<?>> into) {
        for (Class<?> member : one.getNestMembers()) {
            collect(member, into);
        }
        for (Class<?> parent : one.getInterfaces()) {
            collect(parent, into);
        }
        if (one.isSealed()) {
            for (Class<?> child : one.getPermittedSubclasses()) {
                collect(child, into);
            }
        }
        if (one.isRecord()) {
            for (RecordComponent component : one.getRecordComponents()) {
                collect(component.getGenericType(), into);
            }
        }
    }

    private static byte[] bytes(Class<?> one) throws IOException {
        String name = one.getName();
        try (InputStream in = one.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
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
