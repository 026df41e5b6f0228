/** Actions compiled to numbers, which run without a look at an object. Pure values. */
package io.natator.softswitch.program;
