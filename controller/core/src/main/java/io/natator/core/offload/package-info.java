/**
 * Bindings of DYNAMIC translations whose work rules of a device do: which, and in what order they come and go.
 *
 * <pre>
 *            software switch: hold it              device: add            device: remove    device: it is not there
 *  candidate ───────────────▶ ASKED ─────────────▶ IN_FORCE ────────────▶ LEAVING ────────▶ software switch: release it
 *                                    is held                 quiet, gone, in the way
 * </pre>
 */
package io.natator.core.offload;
