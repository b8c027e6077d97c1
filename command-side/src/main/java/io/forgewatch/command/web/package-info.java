@NullMarked
package io.forgewatch.command.web;

import org.jspecify.annotations.NullMarked;
