package io.forgewatch.stack.trial;

import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import java.util.List;

/** A trial of the whole house, as {@code ./forgewatch trial NAME} makes it: on a stack of its own, which is deleted first. */
interface Trial {

    /** As it is asked for, such as {@code store-away}. */
    String name();

    /** What is tried and what must hold, in one sentence. */
    String sentence();

    /** What can be set, as flags. */
    List<Setting> settings();

    /**
     * Makes it.
     *
     * @param beside in whose folder that of the trial is made, and whose programs are used
     * @throws io.forgewatch.stack.StackException when it cannot even begin: nothing was found out then
     */
    TrialReport make(StackOptions beside, TrialSettings set, Progress progress) throws Exception;

    /**
     * A flag of a trial.
     *
     * @param name without the dashes
     * @param usual in force where it is not given
     */
    record Setting(String name, String usual, String sentence) {}
}
