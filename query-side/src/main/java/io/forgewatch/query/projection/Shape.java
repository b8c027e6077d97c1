package io.forgewatch.query.projection;

import java.util.Map;

/**
 * What one kind of document is, whatever keeps it.
 *
 * @param <S> the document's content, a record
 */
public interface Shape<S> {

    Class<S> type();

    /** What lists filter and sort by, beside the content: field name to value. */
    Map<String, Object> keys(S state);
}
