package io.natator.softswitch.flow;

/**
 * Why a change was not made: an OpenFlow error.
 *
 * @param type OFPET_*
 * @param code of that type
 * @param text for people
 */
public record Refusal(int type, int code, String text) {}
