package io.forgewatch.event;

import io.forgewatch.event.enterprise.EnterpriseId;

/**
 * The id of a thing that belongs to an enterprise, whose id it begins with: whoever may see the enterprise may see the thing
 * (ADR 3). {@code toString} is the one text of it, in paths, tags and documents.
 */
public interface SubjectId {

    EnterpriseId enterprise();
}
