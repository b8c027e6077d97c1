package io.forgewatch.event.personal;

/**
 * Which key: a subject's keys are numbered, since data that comes after an erasure needs a new one. On the wire {@code
 * account/zhang.wei#1}.
 *
 * @param number from 1
 */
public record KeyName(PersonalSubject whose, int number) {

    /** @throws IllegalArgumentException for a number below 1 */
    public KeyName {
        if (number < 1) {
            throw new IllegalArgumentException("Keys are numbered from 1");
        }
    }

    public String wire() {
        return whose.wire() + "#" + number;
    }

    /** @throws IllegalArgumentException when it has not that form */
    public static KeyName fromWire(String wire) {
        int hash = wire.lastIndexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("Not the name of a key");
        }
        KeyName read = new KeyName(
                PersonalSubject.fromWire(wire.substring(0, hash)), Integer.parseInt(wire.substring(hash + 1)));
        if (!read.wire().equals(wire)) {
            throw new IllegalArgumentException("Not the name of a key");
        }
        return read;
    }
}
