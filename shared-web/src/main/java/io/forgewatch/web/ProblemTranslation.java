package io.forgewatch.web;

import java.util.Optional;

/** Knows how some kind of failure is told to a caller; a bean of this type is asked before anything else. */
public interface ProblemTranslation {

    /** Empty when the failure is not of the kind known here. */
    Optional<Problem> problem(Throwable failure);
}
