package io.forgewatch.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of IP addresses 地址段 in CIDR notation (RFC 4632, RFC 4291): {@code 10.0.0.0/8}, {@code 2001:db8::/32}. IPv4 addresses
 * that are mapped into IPv6 ({@code ::ffff:192.0.2.1}) are the IPv4 addresses that they stand for.
 *
 * @param first its lowest address
 * @param prefix how many bits all of it share: 0 to 32, or to 128
 */
public record AddressBlock(InetAddress first, int prefix) {

    /** One IPv6 network: a host in it takes any of its addresses by itself (RFC 4291, RFC 8981). */
    private static final int IPV6_NETWORK = 64;

    /** What one IPv6 customer is given at most as a rule (RFC 6177). */
    private static final int IPV6_SITE = 48;

    public AddressBlock {
        if (prefix < 0 || prefix > bits(first)) {
            throw new IllegalArgumentException("A prefix has 0 to " + bits(first) + " bits, not " + prefix);
        }
        if (!first.equals(masked(first, prefix))) {
            throw new IllegalArgumentException(
                    first.getHostAddress() + " has bits beyond its prefix of " + prefix + ": one of them is a mistake");
        }
    }

    /**
     * Reads a block; one address alone is a block of its own. Nothing is asked of a name server.
     *
     * @throws IllegalArgumentException for what is neither, or has bits beyond its prefix
     */
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            InetAddress address = InetAddress.ofLiteral(text);
            return new AddressBlock(address, bits(address));
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("Not a block of addresses such as 10.0.0.0/8: " + text);
        }
        return new AddressBlock(InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(prefix));
    }

    /**
     * The network that a client is told apart by: an IPv4 address alone, since its neighbours are strangers; of IPv6 the 64 bits
     * that one household or machine is given at least, since it chooses the others itself.
     */
    public static AddressBlock ofClient(InetAddress address) {
        int prefix = address instanceof Inet6Address ? IPV6_NETWORK : bits(address);
        return new AddressBlock(masked(address, prefix), prefix);
    }

    /**
     * All that one and the same customer may have: of IPv6 the /48 around this, which has 65,536 networks; of IPv4 this itself. Nobody
     * makes more of themselves by going round among networks of their own.
     */
    public AddressBlock site() {
        int bits = first instanceof Inet6Address ? Math.min(prefix, IPV6_SITE) : prefix;
        return new AddressBlock(masked(first, bits), bits);
    }

    public boolean contains(InetAddress address) {
        return bits(address) == bits(first) && masked(address, prefix).equals(first);
    }

    /** As it is written: {@code 192.0.2.1/32}. */
    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefix;
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static InetAddress masked(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        int whole = prefix / Byte.SIZE;
        if (whole < bytes.length) {
            bytes[whole] &= (byte) (0xff00 >> (prefix % Byte.SIZE));
            Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
        }
        try {
            // Without its scope: fe80::1%eth0 is the same network on every interface.
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are an address", impossible);
        }
    }
}
