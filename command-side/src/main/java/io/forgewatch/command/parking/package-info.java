/** What is parked 暂停处理: seen by its works and their authorities, and resumed by an operation and by a new release. */
@NullMarked
package io.forgewatch.command.parking;

import org.jspecify.annotations.NullMarked;
