package io.natator.softswitch.steps.reference;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.session.Share;
import io.natator.softswitch.count.Count;
import org.onlab.packet.IpAddress;

/** NAT64 (RFC 6146): NAPT of hosts with IPv6 addresses, between a packet that becomes one of IPv4 and one that becomes one of IPv6. */
final class Nat64Reference extends NaptReference {
    Nat64Reference(SwitchReference all, Share share) {
        super(all, share);
    }

    private Embedding embedding() {
        return share.embedding().orElseThrow();
    }

    private String embed(String ipv4) {
        return embedding().embed(IpAddress.valueOf(ipv4).getIp4Address()).toString();
    }

    /** The IPv4 address at an IPv6 one; null if there is none. */
    private String extract(String ipv6) {
        return embedding()
                .extract(IpAddress.valueOf(ipv6))
                .map(IpAddress::toString)
                .orElse(null);
    }

    boolean isForIpv4(Flow flow) {
        return extract(flow.dst().address()) != null;
    }

    @Override
    Outcome toOutside(Flow flow) {
        String remote = extract(flow.dst().address());
        if (remote == null) {
            return refused(Count.CROSS_NOT_EMBEDDED);
        }
        if (isExempt(remote)) {
            return new Outcome.Passed(flow);
        }
        if (extract(flow.src().address()) != null) {
            return refused(Count.TRANSLATE_NOT_INSIDE);
        }
        return super.toOutside(ipv4(flow).toAddress(remote));
    }

    @Override
    Report errorToOutside(Report error) {
        String remote = extract(error.dst());
        if (isExempt(remote)) {
            return error;
        }
        String sender = extract(error.quoted().src().address());
        return sender == null
                ? null
                : super.errorToOutside(
                        new Report(error.src(), remote, ipv4(error.quoted()).fromAddress(sender)));
    }

    /** As IPv4 has it, but for the addresses. */
    private static Flow ipv4(Flow flow) {
        return flow.protocol() == 58 ? flow.as(1, flow.flags() == 128 ? 8 : 0) : flow;
    }

    private static Flow ipv6(Flow flow) {
        return flow.protocol() == 1 ? flow.as(58, flow.flags() == 8 ? 128 : 129) : flow;
    }

    /** Of ICMP, only echo is there in both. */
    @Override
    Outcome entered(Flow flow) {
        if (flow.protocol() == 1 && flow.flags() != 0 && flow.flags() != 8) {
            return refused(Count.CROSS_ICMP_TYPE);
        }
        return new Outcome.Passed(ipv6(flow).fromAddress(embed(flow.src().address())));
    }

    @Override
    Report entered(Report error) {
        Flow quoted = error.quoted();
        return new Report(
                embed(error.src()),
                error.dst(),
                ipv6(quoted).toAddress(embed(quoted.dst().address())));
    }

    /** RFC 6146, section 3.5.1: address unreachable; or prohibited. */
    @Override
    int code(Count why) {
        return why == Count.TRANSLATE_POOL_EMPTY ? 3 : 1;
    }

    @Override
    boolean survives(Share to) {
        return to.kind() == Kind.NAT64
                && super.survives(to)
                && embedding().pref64().equals(to.embedding().orElseThrow().pref64());
    }
}
