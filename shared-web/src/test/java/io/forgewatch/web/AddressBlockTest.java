package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "192.0.2.128/25,192.0.2.127,false",
        "192.0.2.1,192.0.2.1,true",
        "192.0.2.1,192.0.2.2,false",
        "0.0.0.0/0,203.0.113.9,true",
        "0.0.0.0/0,2001:db8::1,false",
        "2001:db8::/32,2001:db8:ffff::1,true",
        "2001:db8::/32,2001:db9::1,false",
        "::1,::1,true",
        "10.0.0.0/8,::ffff:10.1.2.3,true"
    })
    void givenABlock_thenItHoldsItsAddressesAndNoOthers(String block, String address, boolean inside) {
        assertThat(AddressBlock.parse(block).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.example",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "2001:db8::/129",
                "10.0.0.1/8",
                "2001:db8::1/64",
                "10.0.0.0/x"
            })
    void givenWhatIsNoBlock_thenItIsRefused(String text) {
        assertThatThrownBy(() -> AddressBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,192.0.2.7/32",
        "::ffff:192.0.2.7,192.0.2.7/32",
        "2001:db8:1:2:3:4:5:6,2001:db8:1:2:0:0:0:0/64"
    })
    void givenAClient_thenItsNetworkIsItsAddressOrSixtyFourBits(String address, String network) {
        assertThat(AddressBlock.ofClient(InetAddress.ofLiteral(address))).hasToString(network);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,192.0.2.1/32",
        "2001:db8:1:2:3:4:5:6,2001:db8:1:0:0:0:0:0/48",
        "2001:db8:1:ffff:3:4:5:6,2001:db8:1:0:0:0:0:0/48",
        "2001:db8:2:2:3:4:5:6,2001:db8:2:0:0:0:0:0/48"
    })
    void givenAClient_thenItsSiteIsItsAddressOrFortyEightBits(String address, String site) {
        assertThat(AddressBlock.ofClient(InetAddress.ofLiteral(address)).site()).hasToString(site);
    }

    @Property
    void aBlockHoldsExactlyWhatSharesItsPrefix(
            @ForAll @Size(4) byte[] one, @ForAll @Size(4) byte[] other, @ForAll @IntRange(max = 32) int prefix)
            throws UnknownHostException {
        byte[] first = one.clone();
        for (int bit = prefix; bit < 32; bit++) {
            first[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        AddressBlock block = AddressBlock.parse(InetAddress.getByAddress(first).getHostAddress() + "/" + prefix);
        assertThat(block.contains(InetAddress.getByAddress(one))).isTrue();
        assertThat(block.contains(InetAddress.getByAddress(other)))
                .isEqualTo(bits(one, prefix).equals(bits(other, prefix)));
    }

    private static String bits(byte[] address, int prefix) {
        StringBuilder bits = new StringBuilder();
        for (byte each : Arrays.copyOf(address, 4)) {
            bits.append(
                    String.format("%8s", Integer.toBinaryString(each & 0xff)).replace(' ', '0'));
        }
        return bits.substring(0, prefix);
    }
}
