/**
 * What the engine must do, slow and obvious: maps with texts as keys, everything computed anew. Which free address or port is
 * given is the switch's choice: the reference is told, and says whether it may be.
 */
package io.natator.softswitch.steps.reference;
