/**
 * Interfaces of this machine through packet sockets (packet(7)).
 *
 * <pre>
 *   links thread                                      datapath thread
 *   ────────────                                      ───────────────
 *   rtnetlink ──▶ opens Attachment ── hands over ──▶  AfPacketPort ── Ring ◀── kernel
 *             ──▶ LinkState                                        ── Sender ──▶ kernel
 *                                                     Sleep ◀── wake() by any thread
 * </pre>
 *
 * A port is known by its interface's name and outlives it. Whatever belongs to one incarnation of the interface (ring, sending
 * socket, the drop at the kernel's ingress) is an {@link io.natator.softswitch.io.afpacket.Attachment}; it is opened by the
 * thread that watches interfaces, since that takes milliseconds, and closed by the datapath thread, which alone knows
 * when it does not use it any more.
 */
package io.natator.softswitch.io.afpacket;
