/**
 * Rules in ONOS's language, and the extensions that it lacks.
 *
 * <p>A {@link io.natator.model.rule.Rule}'s selector is a {@link io.natator.model.rule.Match}: iterate
 * {@code criteria()}. What may stand there: {@code PortCriterion} (IN_PORT), {@code MetadataCriterion} (all 64 bits),
 * {@code EthCriterion} (ETH_SRC, ETH_DST, no masks), {@code EthTypeCriterion}, {@code IPProtocolCriterion},
 * {@code IPCriterion} (IPV4_SRC … IPV6_DST, any prefix length but 0), {@code Icmpv6TypeCriterion},
 * {@code ArpOpCriterion}, and {@code ExtensionCriterion}s with {@link io.natator.model.rule.AddressMatch} (ARP and ND
 * addresses always come so, hosts too) or {@link io.natator.model.rule.TtlMatch}; several extensions may stand
 * together. Prerequisites (Ethernet type, IP protocol) are always there.
 *
 * <p>A rule's treatment is an {@link io.natator.model.rule.Actions}: on the wire apply-actions from
 * {@code immediate()} in order, then write-metadata from {@code writeMetadata()} (mask: all ones), then goto from
 * {@code tableTransition()}; an empty one is a drop, with no instruction. In {@code immediate()} may stand
 * {@code OutputInstruction} (a port, IN_PORT, CONTROLLER, NORMAL), {@code ModEtherInstruction}, dec TTL,
 * {@code ModArpEthInstruction} (ARP_SHA), {@code ModArpOpInstruction}, and {@code ExtensionInstructionWrapper}s with
 * {@link io.natator.model.rule.SetAddress}, {@link io.natator.model.rule.Move}, {@link
 * io.natator.model.rule.Translate} or {@link io.natator.model.rule.SetInPort}.
 *
 * <p>{@link io.natator.model.rule.RuleText} prints rules as {@code ovs-ofctl} does.
 */
package io.natator.model.rule;
