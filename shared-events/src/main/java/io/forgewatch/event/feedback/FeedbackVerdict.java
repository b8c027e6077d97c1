package io.forgewatch.event.feedback;

/** What became of an answer 反馈. */
public enum FeedbackVerdict {
    /** Nobody has judged it yet. */
    PENDING,
    /** 通过. */
    ACCEPTED,
    /** 退回. */
    RETURNED
}
