package io.forgewatch.event.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AreaWordsTest {

    @ParameterizedTest
    @CsvSource({
        "炼铁区, ironmaking area",
        "煤气区, gas area",
        "煤气柜区域, gasholder area",
        "炉 2, furnace 2",
        "2号高炉炉前, no. 2 blast furnace furnace front",
        "1#转炉, 1# converter",
        "A跨, A bay",
        "North bay, North bay"
    })
    void given_words_of_the_trade_when_told_in_english_then_word_by_word(String area, String english) {
        assertThat(AreaWords.standard().english(area)).contains(english);
    }

    @ParameterizedTest
    @ValueSource(strings = {"老王的场子", "龙虎区", "煤气区（暂停）"})
    void given_a_word_that_is_not_known_when_told_in_english_then_not_by_half(String area) {
        assertThat(AreaWords.standard().english(area)).isEmpty();
    }

    @Test
    void given_no_name_when_told_then_there_is_none() {
        assertThat(AreaWords.standard().english("")).contains("");
    }
}
