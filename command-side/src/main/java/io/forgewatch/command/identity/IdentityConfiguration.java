package io.forgewatch.command.identity;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.SignInNetworkTable;
import io.forgewatch.command.personal.Confidences;
import io.forgewatch.command.security.KeyedMarks;
import io.forgewatch.command.security.PasswordHashes;
import io.forgewatch.command.security.PasswordLanes;
import io.forgewatch.web.Pem;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of accounts and sign-in. */
@Configuration(proxyBeanMethods = false)
public class IdentityConfiguration {

    @Bean
    Accounts accounts(EventFeed feed, Account account) {
        return new Accounts(feed, account);
    }

    @Bean
    TokenIssuer tokenIssuer(
            @Value("${forgewatch.security.token-private-key}") String privateKey,
            @Value("${forgewatch.security.token-public-key}") String publicKey,
            Clock clock) {
        return new TokenIssuer(Pem.privateKey(privateKey), Pem.publicKey(publicKey), clock);
    }

    @Bean
    FirstAccount firstAccount(
            @Value("${forgewatch.bootstrap.username:}") String username,
            @Value("${forgewatch.bootstrap.password:}") String password,
            Accounts accounts,
            PasswordHashes hashes,
            Confidences confidences,
            Commands commands,
            Clock clock) {
        return new FirstAccount(username, password, accounts, hashes, confidences, commands, clock);
    }

    @Bean
    KnownNetworks knownNetworks(SignInNetworkTable table, KeyedMarks signInMarks, Clock clock) {
        return new KnownNetworks(table, signInMarks, clock);
    }

    @Bean
    PasswordCheck passwordCheck(Accounts accounts, PasswordHashes hashes, PasswordLanes lanes, FirstAccount first) {
        return new PasswordCheck(accounts, hashes, lanes, first);
    }

    @Bean
    SignIn signIn(PasswordCheck passwords, KnownNetworks networks, TokenIssuer tokens, Clock clock) {
        return new SignIn(passwords, networks, new Attempts(clock), tokens);
    }
}
