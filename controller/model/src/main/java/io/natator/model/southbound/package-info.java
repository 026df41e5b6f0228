/** The ports that southbounds implement, and what they tell. */
package io.natator.model.southbound;
