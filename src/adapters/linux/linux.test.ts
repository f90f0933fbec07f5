import { expect, test } from "vitest";
import { addressesIn } from "./host-identity.ts";
import { connectionsIn } from "./tcp-connections.ts";

test("a host's addresses are those that the kernel calls local, without the loopback", () => {
  const tables = `Main:
  +-- 0.0.0.0/0 3 0 5
        |-- 0.0.0.0
           /0 universe UNICAST
              |-- 10.77.3.0
                 /24 link UNICAST
                 |-- 10.77.3.254
                    /32 host LOCAL
                 |-- 10.77.3.255
                    /32 link BROADCAST
           |-- 127.0.0.1
              /32 host LOCAL
           |-- 172.17.0.1
              /32 host LOCAL
00000000000000000000000000000001 01 80 10 80       lo
fe8000000000000000fc00fffe000001 04 40 20 80     eth0
20010db8000000000000000000000005 04 40 00 80     eth0`;
  expect(addressesIn(tables.split("\n"))).toEqual(["10.77.3.254", "172.17.0.1", "fe80::fc:ff:fe00:1", "2001:db8::5"]);
});

test("connections are read from what ss prints, in two lines or in one, with the times that it leaves out as 0", () => {
  const output = `0      0                 10.77.3.1:8080              10.77.3.254:45330
\t bbr wscale:10,10 rto:208 rtt:5.932/10.82 send 269486177bps lastsnd:3528 lastrcv:2008 lastack:184 pacing_rate 4bps
0      0      [::ffff:10.77.3.1]:8080     [::ffff:10.77.3.9]:33112 bbr rto:204 lastsnd:16 lastack:408
0      5      [2001:db8::1]:8080     [2001:db8::5]:33112
\t cubic lastsnd:1516 lastrcv:1564
0      0      10.77.3.1:8080     10.77.3.8:33112
\t cubic bytes_received:161 segs_out:1 segs_in:3 data_segs_in:1 lastsnd:1200 lastrcv:1200
`;
  expect(connectionsIn(output)).toEqual([
    { peer: "10.77.3.254", sent: 3528, received: 2008 },
    { peer: "::ffff:10.77.3.9", sent: 16, received: 0 },
    { peer: "2001:db8::5", sent: 1516, received: 1564 },
    { peer: "10.77.3.8", sent: 1200, received: 1200, unanswered: true },
  ]);
});
