package io.forgewatch.contract;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;

/** Puts down what every side of this JVM sends, around all that makes answers: problems are made outside of its filters. */
@AutoConfiguration
public class AnswerTap implements HttpHandlerDecoratorFactory {

    @Override
    public HttpHandler apply(HttpHandler side) {
        return (request, response) -> side.handle(
                request, Answers.OF_THIS_JVM.areWatched() ? new TappedResponse(request, response) : response);
    }
}
