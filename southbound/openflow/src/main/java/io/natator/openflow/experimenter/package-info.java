/**
 * Natator's own messages, which the controller and the software switch share (docs/openflow.md): shares, and what is asked
 * about sessions. Pure. Decoders never throw; what is wrong is told in words.
 */
package io.natator.openflow.experimenter;
