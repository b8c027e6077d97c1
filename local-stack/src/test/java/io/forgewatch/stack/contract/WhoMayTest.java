package io.forgewatch.stack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Every operation, asked by every tier about what is its own, its neighbour's and a stranger's, against the table that is kept.
 * Whoever adds an operation adds a row; what is told when the two differ are rows as they were answered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoMayTest {

    private static final String OURS = "io.forgewatch.";
    private static final int UNPROCESSABLE = 422;

    private final Client client = new Client();
    private final WhoMayTable table = WhoMayTable.kept();
    private SmallStack stack;
    private List<Operation> operations;

    @BeforeAll
    void begin() throws Exception {
        stack = SmallStack.running();
        operations = PublishedOperations.of(stack.whereabouts());
    }

    @Test
    void given_a_works_when_every_tier_asks_everything_about_it_then_those_are_answered_who_may() throws Exception {
        Accounts accounts = new Accounts(stack);
        Works works = Works.found(stack, operations, accounts, Examples.OF);
        Works neighbour = Works.found(stack, operations, accounts, "GT3702840001");
        Map<String, List<Caller>> tiers = Tiers.of(accounts, works, neighbour);
        assertThat(table.tiers()).containsExactlyElementsOf(tiers.keySet());

        List<String> answered = new ArrayList<>();
        for (Operation operation : operations) {
            List<String> cells = new ArrayList<>();
            for (List<Caller> callers : tiers.values()) {
                cells.add(cell(operation, works, callers));
            }
            answered.add(WhoMayTable.row(operation.name(), cells));
        }

        // For whoever has a row to add or to change.
        Files.write(Path.of("target", "who-may.csv"), answered);
        assertThat(answered).containsExactlyInAnyOrderElementsOf(table.written());
    }

    /** What the documents do not tell, the table would not guard. */
    @Test
    void given_both_sides_when_their_routes_are_looked_at_then_each_is_an_operation_of_the_documents() {
        List<String> routes = stack.sides().stream()
                .flatMap(side -> side
                        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                        .getHandlerMethods()
                        .entrySet()
                        .stream())
                .filter(route -> route.getValue().getBeanType().getName().startsWith(OURS))
                .flatMap(route -> route.getKey().getPatternsCondition().getPatterns().stream()
                        .flatMap(path -> route.getKey().getMethodsCondition().getMethods().stream()
                                // What takes all that follows has a name without its star in the document.
                                .map(method ->
                                        method + " " + path.getPatternString().replace("{*", "{"))))
                .toList();

        assertThat(routes).hasSameSizeAs(operations);
        assertThat(routes)
                .containsOnlyElementsOf(operations.stream()
                        .map(operation -> operation.method() + " " + operation.path())
                        .collect(Collectors.toSet()));
    }

    /** One word for all callers of a tier, where they are answered alike. */
    private String cell(Operation operation, Works works, List<Caller> callers) throws Exception {
        List<String> words = new ArrayList<>();
        for (Caller caller : callers) {
            Answer answer = client.send(operation.side(), works.calls().to(operation), caller);
            words.add(word(operation, answer));
        }
        return words.stream().distinct().count() == 1 ? words.getFirst() : String.join("/", words);
    }

    private static String word(Operation operation, Answer answer) {
        if (!answer.isTaken()) {
            return answer.status() == UNPROCESSABLE ? "yes" : String.valueOf(answer.status());
        }
        boolean shown = operation.method().equals("GET") && answer.body().contains(Examples.OF);
        return shown ? "sees" : answer.body().contains("\"accepted\":0") ? "none taken" : "yes";
    }
}
