/** Every answer that a side sends in a test, held against the published contracts. */
@org.jspecify.annotations.NullMarked
package io.forgewatch.contract;
