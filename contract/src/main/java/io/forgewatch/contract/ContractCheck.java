package io.forgewatch.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds answers against a contract. Making it takes a second or two. */
final class ContractCheck {

    /** That the answer's operation is in no document. */
    private static final Set<String> NO_OPERATION =
            Set.of("validation.request.path.missing", "validation.request.operation.notAllowed");

    /** They have no body, whatever is told of it. */
    private static final Set<String> BODILESS = Set.of("HEAD", "OPTIONS");

    private final OpenApiInteractionValidator validator;

    ContractCheck(String document) {
        this.validator = OpenApiInteractionValidator.createForInlineApiSpecification(document)
                .build();
    }

    /** What is wrong with it; empty when nothing is. */
    Optional<String> fault(Answer answer) {
        if (BODILESS.contains(answer.method()) || PublishedContracts.isBeside(answer.path())) {
            return Optional.empty();
        }
        String path = PublishedContracts.inContract(answer.path());
        List<ValidationReport.Message> found = found(answer, path, Request.Method.valueOf(answer.method()));
        if (found.stream().anyMatch(message -> NO_OPERATION.contains(message.getKey()))) {
            if (answer.status() < 400) {
                return Optional.of("No contract has this operation: " + answer);
            }
            found = found(answer, PublishedContracts.NOWHERE, Request.Method.GET);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(told(found) + "\n  " + answer);
    }

    private List<ValidationReport.Message> found(Answer answer, String path, Request.Method method) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
        if (answer.type() != null) {
            response.withContentType(
                    answer.type().startsWith(PublishedContracts.EVENTS)
                            ? PublishedContracts.EVENT_DATA
                            : answer.type());
        }
        if (answer.body().length > 0) {
            response.withBody(answer.text());
        }
        return validator.validateResponse(path, method, response.build()).getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .toList();
    }

    private static String told(List<ValidationReport.Message> messages) {
        return messages.stream()
                .map(message -> message.getContext()
                                .flatMap(ValidationReport.MessageContext::getPointers)
                                .map(ValidationReport.MessageContext.Pointers::getInstance)
                                .orElse("")
                        + " " + message.getMessage())
                .limit(5)
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }
}
