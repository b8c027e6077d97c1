package io.forgewatch.stack.contract;

import io.forgewatch.event.identity.Role;
import io.forgewatch.stack.KeyMaterial;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.demo.CommandApi;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** Opens accounts, and makes tokens that nobody was given. */
final class Accounts {

    private static final String MINISTRY = "ministry";
    private static final String PASSWORD = "Slag-Ladle-Crane-7";

    private final SmallStack stack;
    private final HttpClient http = HttpClient.newHttpClient();
    private final CommandApi ministry;

    Accounts(SmallStack stack) throws Exception {
        this.stack = stack;
        this.ministry = CommandApi.signInWhenOpened(
                http,
                stack.whereabouts().command(),
                stack.whereabouts().accounts().get(MINISTRY));
    }

    Caller.Bearer ministry() {
        return new Caller.Bearer(ministry.token());
    }

    /** @param jurisdiction on the wire */
    Caller.Bearer of(Role role, String jurisdiction) throws Exception {
        RunFile.Account account = account(role, jurisdiction);
        ministry.post(
                "/accounts",
                Map.of(
                        "username", account.username(),
                        "role", role.name(),
                        "jurisdiction", jurisdiction,
                        "displayName", "测试",
                        "password", account.password()),
                "open " + account.username());
        return new Caller.Bearer(
                CommandApi.signIn(http, stack.whereabouts().command(), account).token());
    }

    /** The name and password of such an account, whether it is open or not. */
    static RunFile.Account account(Role role, String jurisdiction) {
        String name = role.name().charAt(0) + "." + jurisdiction.replace(':', '.');
        return new RunFile.Account(name.toLowerCase(Locale.ROOT), PASSWORD);
    }

    /** The same token with another signature. */
    static Caller.Bearer forged(Caller.Bearer real) {
        char[] token = real.token().toCharArray();
        int at = real.token().lastIndexOf('.') + 1;
        token[at] = token[at] == 'A' ? 'B' : 'A';
        return new Caller.Bearer(new String(token));
    }

    /** As good a token as the other, but of an account that is not there. */
    Caller.Bearer unknown(Caller.Bearer real) throws Exception {
        String[] parts = real.token().split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replaceFirst("\"sub\":\"[^\"]*\"", "\"sub\":\"nobody.here\"");
        String signed = parts[0] + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(tokenKey());
        signing.update(signed.getBytes(StandardCharsets.US_ASCII));
        return new Caller.Bearer(signed + "." + base64(signing.sign()));
    }

    private PrivateKey tokenKey() throws Exception {
        String pem = KeyMaterial.keptIn(stack.home().resolve("data").resolve("keys"))
                .tokenPrivateKey()
                .replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
