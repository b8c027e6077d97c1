@NullMarked
package io.forgewatch.web;

import org.jspecify.annotations.NullMarked;
