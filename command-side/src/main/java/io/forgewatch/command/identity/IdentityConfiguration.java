package io.forgewatch.command.identity;

import io.forgewatch.command.credential.PasswordTable;
import io.forgewatch.command.credential.SessionTable;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.eventstore.SignInNetworkTable;
import io.forgewatch.command.personal.Confidences;
import io.forgewatch.command.security.KeyedMarks;
import io.forgewatch.command.security.PasswordHashes;
import io.forgewatch.command.security.PasswordLanes;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.web.PemFolder;
import io.forgewatch.web.TokenKeys;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of accounts and sign-in. */
@Configuration(proxyBeanMethods = false)
public class IdentityConfiguration {

    @Bean
    Account account() {
        return new Account();
    }

    @Bean
    AccountDirectory accountDirectory(EventFeed feed, SelectedEvents selected, StandingStreams streams) {
        return new AccountDirectory(feed, selected, streams);
    }

    @Bean
    Accounts accounts(EventFeed feed, Account account) {
        return new Accounts(feed, account);
    }

    @Bean
    TokenSigning tokenSigning(
            @Value("${forgewatch.security.token-private-key:}") String privateKey,
            @Value("${forgewatch.security.token-private-keys:}") String folder,
            TokenKeys keys,
            StandingStreams streams) {
        return new TokenSigning(privateKey, new PemFolder(folder), keys, streams);
    }

    @Bean
    TokenIssuer tokenIssuer(TokenSigning signing) {
        return new TokenIssuer(signing);
    }

    @Bean
    FirstAccount firstAccount(
            @Value("${forgewatch.bootstrap.username:}") String username,
            @Value("${forgewatch.bootstrap.password:}") String password,
            Accounts accounts,
            Passwords passwords,
            PasswordHashes hashes,
            Confidences confidences,
            Commands commands,
            Clock clock) {
        return new FirstAccount(username, password, accounts, passwords, hashes, confidences, commands, clock);
    }

    @Bean
    KnownNetworks knownNetworks(SignInNetworkTable table, KeyedMarks signInMarks, Clock clock) {
        return new KnownNetworks(table, signInMarks, clock);
    }

    @Bean
    Passwords passwords(PasswordTable table, Clock clock) {
        return new Passwords(table, clock);
    }

    @Bean
    PasswordCheck passwordCheck(
            Accounts accounts,
            Passwords passwords,
            PasswordHashes hashes,
            PasswordLanes lanes,
            FirstAccount first,
            Clock clock) {
        return new PasswordCheck(accounts, passwords, hashes, lanes, first, clock);
    }

    @Bean
    Sessions sessions(
            SessionTable table, KeyedMarks refreshTokenMarks, Accounts accounts, TokenIssuer issuer, Clock clock) {
        return new Sessions(table, new RefreshTokens(refreshTokenMarks), accounts, issuer, clock);
    }

    @Bean
    SignIn signIn(PasswordCheck passwords, KnownNetworks networks, Sessions sessions, Clock clock) {
        return new SignIn(passwords, networks, new Attempts(clock), sessions);
    }
}
