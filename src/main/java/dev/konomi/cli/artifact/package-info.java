/// What is delivered, run on this machine as the cloud runs it: unpacked, in a process of its own, called as the cloud
/// calls it.
@NullMarked
package dev.konomi.cli.artifact;

import org.jspecify.annotations.NullMarked;
