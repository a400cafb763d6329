import path from 'node:path';
import { buildFactsSaid, type Facts, type FactsSaid, type SharedFacts } from '../../dialogs/facts';
import { loadFacts } from '../../dialogs/load-facts';
import { readMessage } from '../../dialogs/said-phrase';

let facts: Facts;
let factsSaid: FactsSaid;
beforeAll(async () => {
  const loaded = await loadFacts(path.join(__dirname, '../../dialogs/facts.yaml'));
  expect(loaded.faults).toEqual([]);
  facts = loaded.facts;
  factsSaid = buildFactsSaid(facts);
});

const said = (message: string): SharedFacts => factsSaid(readMessage(message));

test('the shared facts have the names and values that guides use', () => {
  const shapes = [...facts.values()].map((fact) =>
    fact.kind === 'value' ? `${fact.id}: ${fact.type}` : `${fact.id}: ${[...fact.values.keys()].join(' ')}`,
  );
  expect(shapes).toEqual([
    'gateway: none policy-based route-based',
    'sku: basic vpngw1 vpngw2 vpngw3',
    'deployment: resource-manager classic',
    'endpoint: computers one-site sites vnet private-line mix',
    'device: yes no',
    'device-kind: listed rras other-ipsec',
    'public-ip: yes no',
    'ike: ikev1 ikev2',
    'clients: windows old-windows macos linux mobile',
    'only-443: yes no',
    'p2s-auth: certificates radius',
    'same-cloud: yes no',
    'bgp: yes no',
    'ranges-overlap: yes no',
    'tunnels: number',
    'sstp-users: number',
    'ikev2-users: number',
    'throughput: number',
    'environment: dev-test production',
    'vnet-ranges: ranges',
    'other-vnet-ranges: ranges',
    'client-pool: ranges',
    'site-ranges: ranges',
    'gateway-subnet: range',
    'client-address: address',
    'peer-address: address',
    'device-address: address',
    'on-premises-asn: asn',
    'azure-asn: asn',
  ]);
});

describe('an opening sentence says exactly', () => {
  test.each<[string, SharedFacts]>([
    // What is connected
    ['I have 3 branch offices with Cisco routers', { endpoint: 'sites', device: 'yes' }],
    ['we run two datacenters and a few small shops', { endpoint: 'sites' }],
    ['several of our branches must reach a server in Azure', { endpoint: 'sites' }],
    ['our head office and four regional sites, what do we need?', { endpoint: 'sites' }],
    ['one office with ten people, which connection?', { endpoint: 'one-site' }],
    ['How do I get our office network into Azure?', { endpoint: 'one-site' }],
    ['just my laptop, from home', { endpoint: 'computers' }],
    ['twelve people working from home need a file server', { endpoint: 'computers' }],
    ['a sales team on the road', { endpoint: 'computers' }],
    ['3 home offices', { endpoint: 'computers' }],
    ['one office and two home workers', { endpoint: 'mix' }],
    ['two vnets in different regions', { endpoint: 'vnet' }],
    ['a VNet must reach another VNet of ours', { endpoint: 'vnet' }],
    ['3 offices and two VNets', { endpoint: 'mix' }],
    ['our data must not cross the public internet', { endpoint: 'private-line' }],
    ['we already have MPLS at all sites', { endpoint: 'private-line' }],
    // The gateway
    ['our gateway is policy-based', { gateway: 'policy-based' }],
    ['We have an old policy-based gateway and want more', { gateway: 'policy-based' }],
    ['my gateway is a route-based one', { gateway: 'route-based' }],
    ['there is no VPN gateway yet', { gateway: 'none' }],
    ["we haven't created a gateway", { gateway: 'none' }],
    ['our gateway is still a Basic one, the SKU is Basic', { sku: 'basic' }],
    ['we have a VpnGw2', { sku: 'vpngw2' }],
    ['resize from VpnGw1 to something larger', { sku: 'vpngw1' }],
    ['we still have a classic VNet', { deployment: 'classic' }],
    ['everything is deployed with Resource Manager', { deployment: 'resource-manager' }],
    // The site
    ['will my FortiGate 60E work?', { device: 'yes', 'device-kind': 'listed' }],
    ['we own a Cisco ASA 5505 that only supports IKEv1', { device: 'yes', 'device-kind': 'listed', ike: 'ikev1' }],
    ['a MikroTik behind CGNAT', { device: 'yes', 'device-kind': 'other-ipsec', 'public-ip': 'no' }],
    ['pfSense with a static public IP', { device: 'yes', 'device-kind': 'other-ipsec', 'public-ip': 'yes' }],
    ['RRAS on Windows Server 2016', { device: 'yes', 'device-kind': 'rras' }],
    ['our router does not support IKEv2', { ike: 'ikev1' }],
    ['no VPN device at hand, and no public IP', { device: 'no', 'public-ip': 'no' }],
    ['without a firewall, behind a 4G router', { device: 'no', 'public-ip': 'no' }],
    // The clients
    ['Macs and Windows 10', { clients: ['windows', 'macos'] }],
    ['Windows 7 PCs and a few iPhones', { clients: ['old-windows', 'mobile'] }],
    ['Ubuntu notebooks', { clients: ['linux'], endpoint: 'computers' }],
    ['the guest network lets out only port 443', { 'only-443': 'yes' }],
    ['everything but TCP 443 is blocked', {}],
    ['everything but 443 is blocked', { 'only-443': 'yes' }],
    ['we authenticate with our RADIUS server', { 'p2s-auth': 'radius' }],
    ['users sign in with domain accounts', { 'p2s-auth': 'radius' }],
    ['client certificates from our own CA', { 'p2s-auth': 'certificates' }],
    // Between networks
    ['both are in the same region', { 'same-cloud': 'yes' }],
    ['one in Azure China', { 'same-cloud': 'no' }],
    ['we already run BGP', { bgp: 'yes' }],
    ['our firewall cannot do BGP', { bgp: 'no' }],
    ['they have overlapping address spaces', { 'ranges-overlap': 'yes' }],
    ['the ranges do not overlap', { 'ranges-overlap': 'no' }],
    // Figures
    ['12 site-to-site tunnels in production', { tunnels: '12', environment: 'production' }],
    ['three tunnels for a test', { tunnels: '3', environment: 'dev-test' }],
    ['300 IKEv2 users and 1,000 users over SSTP', { 'ikev2-users': '300', 'sstp-users': '1000' }],
    ['we need about 800 Mbps', { throughput: '800 mbps' }],
    ['we need 1.25 Gbps of throughput', { throughput: '1.25 gbps' }],
    // Typed values
    ['the vnet is 10.0.0.0/16', { 'vnet-ranges': '10.0.0.0/16' }],
    ['VNet address space is 10.0.0.0/16 and 10.1.0.0/16', { 'vnet-ranges': '10.0.0.0/16, 10.1.0.0/16' }],
    [
      'first vnet 10.0.0.0/16, second vnet 10.1.0.0/16',
      { endpoint: 'vnet', 'vnet-ranges': '10.0.0.0/16', 'other-vnet-ranges': '10.1.0.0/16' },
    ],
    [
      '10.0.0.0/16 in Azure, 192.168.1.0/24 on-premises',
      { 'vnet-ranges': '10.0.0.0/16', 'site-ranges': '192.168.1.0/24' },
    ],
    ['GatewaySubnet is 10.0.255.0/27', { 'gateway-subnet': '10.0.255.0/27' }],
    ['the client pool is 172.16.0.0/24', { 'client-pool': '172.16.0.0/24' }],
    ['connected, my IP is 172.16.0.2', { 'client-address': '172.16.0.2' }],
    ['our ASN is 65010, Azure uses ASN 65515', { 'on-premises-asn': '65010', 'azure-asn': '65515' }],
    ['the BGP peer IP is 10.50.0.1', { 'peer-address': '10.50.0.1' }],
    ['the public IP of our firewall is 203.0.113.5', { 'device-address': '203.0.113.5', 'public-ip': 'yes' }],
  ])('"%s"', (message, expected) => {
    expect(said(message)).toEqual(expected);
  });
});

describe('is no evidence', () => {
  test.each<[string, string]>([
    ['endpoint', 'which connection type fits me?'],
    ['endpoint', 'site-to-site or point-to-site?'],
    ['endpoint', 'I want to reach my VNet'],
    ['endpoint', 'office or laptops, what is easier?'],
    ['endpoint', 'is a private line better than a VPN?'],
    ['endpoint', 'can Office 365 be reached?'],
    ['endpoint', 'should we take ExpressRoute?'],
    ['gateway', 'policy-based or route-based?'],
    ['gateway', 'do I need a route-based gateway?'],
    ['gateway', 'our firewall is policy-based'],
    ['gateway', "I'm not sure if our gateway is route-based"],
    ['gateway', 'what is a policy-based gateway?'],
    ['gateway', 'our gateway is not route-based'],
    ['sku', 'is VpnGw1 enough for us?'],
    ['sku', 'Basic SKU vs. VpnGw1'],
    ['sku', 'we do not have a Basic SKU'],
    ['deployment', 'migrate from classic to Resource Manager, our classic VNet to a Resource Manager VNet'],
    ['device', 'do I need a VPN device?'],
    ['device', 'Cisco or Juniper?'],
    ['device', 'we connect with Cisco AnyConnect'],
    ['device-kind', 'which devices are on the validated list?'],
    ['device-kind', 'a Cisco switch'],
    ['public-ip', 'does the site need a public IP?'],
    ['public-ip', 'our VM has a public IP'],
    ['ike', 'IKEv1 or IKEv2?'],
    ['ike', 'does Basic support IKEv2?'],
    ['clients', 'filter by MAC address'],
    ['clients', 'Macs vs. Windows'],
    ['clients', 'in the maintenance window'],
    ['clients', 'connect to my Linux VM'],
    ['only-443', 'is port 443 needed?'],
    ['p2s-auth', 'certificates or RADIUS?'],
    ['p2s-auth', 'can I use RADIUS?'],
    ['bgp', 'do I need BGP?'],
    ['bgp', 'what is BGP?'],
    ['ranges-overlap', 'do the address spaces overlap?'],
    ['ranges-overlap', 'the ranges must not overlap'],
    ['same-cloud', 'must both be in the same region?'],
    ['same-cloud', 'the same cloud servers'],
    ['same-cloud', 'can I connect VNets in different regions?'],
    ['tunnels', 'more than 30 tunnels'],
    ['tunnels', 'is there a limit of 10 tunnels?'],
    ['tunnels', 'the one tunnel that fails'],
    ['throughput', 'we need 3 offices'],
    ['throughput', 'our line has 200 Mbit'],
    ['sstp-users', 'is it limited to 128 SSTP connections?'],
    ['ikev2-users', 'Windows 10 with IKEv2'],
    ['environment', 'a production line and some scanners'],
    ['vnet-ranges', 'the second vnet is 10.1.0.0/16'],
    ['vnet-ranges', 'GatewaySubnet in our VNet'],
    ['gateway-subnet', 'is /28 enough for GatewaySubnet?'],
    ['azure-asn', 'our ASN is 65010'],
    ['on-premises-asn', 'can I use AS number 65515?'],
  ])('of %s: "%s"', (name, message) => {
    expect(said(message)[name]).toBeUndefined();
  });
});

describe('of a longer message it takes exactly', () => {
  test.each<[string, SharedFacts]>([
    ['our VNets are 10.0.0.0/16 and 10.1.0.0/16', { endpoint: 'vnet' }],
    [
      'the VNet is 10.0.0.0/16 and the other VNet is 10.1.0.0/16',
      { endpoint: 'vnet', 'vnet-ranges': '10.0.0.0/16', 'other-vnet-ranges': '10.1.0.0/16' },
    ],
    ['We are on an old static routing gateway and would like to move to dynamic routing', { gateway: 'policy-based' }],
    [
      'we are planning to migrate from our policy-based gateway to a route-based one this summer',
      { gateway: 'policy-based' },
    ],
    [
      'hi all, small accounting firm here, eight of us work from home since march and need the file share, nobody has a fixed ip',
      { endpoint: 'computers' },
    ],
    [
      'Hello, we are a bakery chain with 14 shops all over Bavaria, each has a LANCOM router with a fixed IP, and want all of them in Azure',
      { endpoint: 'sites', device: 'yes', 'device-kind': 'other-ipsec', 'public-ip': 'yes' },
    ],
    [
      'So the thing is: our headquarters has a Palo Alto, and the branches only have LTE routers without a public IP. What now?',
      { endpoint: 'one-site', device: 'yes', 'device-kind': 'listed', 'public-ip': 'no' },
    ],
    [
      'some of my users are on macs, others on windows 10, one guy insists on ubuntu',
      { clients: ['windows', 'macos', 'linux'] },
    ],
    ['tunnel to our FortiGate 100E drops every 8 hours since last week', { device: 'yes', 'device-kind': 'listed' }],
    [
      'our gateway is route based, VpnGw1, and about 150 users over IKEv2 cannot connect at 9 o clock',
      { gateway: 'route-based', 'ikev2-users': '150' },
    ],
    ["we don't have any VPN hardware and just two laptops", { device: 'no', endpoint: 'computers' }],
    ['The hotel wifi only allows 443, and I travel a lot', { 'only-443': 'yes', endpoint: 'computers' }],
    ['we have the resource manager model everywhere, no classic any more', { deployment: 'resource-manager' }],
    ['We still have a classic VNet, and our gateway is a Basic one', { deployment: 'classic', sku: 'basic' }],
    ['should I use my existing Cisco ASA for that?', { device: 'yes', 'device-kind': 'listed' }],
    ['can we use our FortiGate for this?', { device: 'yes', 'device-kind': 'listed' }],
    ['both VNets use 10.0.0.0/16, we cannot renumber', { endpoint: 'vnet' }],
    [
      'Gateway is on VpnGw2 with BGP, carry 900 Mbps in production',
      { sku: 'vpngw2', bgp: 'yes', throughput: '900 mbps', environment: 'production' },
    ],
    ['this is for a proof of concept with 3 tunnels', { environment: 'dev-test', tunnels: '3' }],
    [
      'my ASN is 65010 and the BGP peer address is 10.52.255.254',
      { 'on-premises-asn': '65010', 'peer-address': '10.52.255.254' },
    ],
    ['our device only supports IKEv1', { device: 'yes', ike: 'ikev1' }],
    ['sits behind a double NAT at our main office', { 'public-ip': 'no', endpoint: 'one-site' }],
    ['users should log on with their active directory credentials through our NPS', { 'p2s-auth': 'radius' }],
    [
      'we self-sign: self-signed certificates on Windows 7 laptops',
      { 'p2s-auth': 'certificates', clients: ['old-windows'], endpoint: 'computers' },
    ],
    ['one VNet is in Azure China, the other is in global Azure', { 'same-cloud': 'no' }],
    ['nothing may go over the internet says our auditor', { endpoint: 'private-line' }],
    [
      'the office uses 192.168.10.0/24, Azure has 10.20.0.0/16',
      { endpoint: 'one-site', 'site-ranges': '192.168.10.0/24', 'vnet-ranges': '10.20.0.0/16' },
    ],
    [
      'client pool is 172.16.5.0/24 and GatewaySubnet 10.20.255.0/27',
      { 'client-pool': '172.16.5.0/24', 'gateway-subnet': '10.20.255.0/27' },
    ],
    ['not BGP, only static routes', { bgp: 'no' }],
    ['two regional offices and one datacenter in Frankfurt', { endpoint: 'sites' }],
    ['iPads and Android phones for the field staff', { endpoint: 'computers', clients: ['mobile'] }],
  ])('"%s"', (message, expected) => {
    expect(said(message)).toEqual(expected);
  });
});

describe('is tempting, but no evidence', () => {
  test.each<[string, string]>([
    ['vnet-ranges', 'our VNets are 10.0.0.0/16 and 10.1.0.0/16'],
    ['vnet-ranges', '10.0.0.0/16 and 10.1.0.0/16 are in both VNets'],
    ['gateway', 'we are migrating from static routing to BGP'],
    ['gateway', 'migrating from static routes, what must I do?'],
    ['gateway', 'we are planning a route-based gateway'],
    ['gateway', 'can I use a policy-based gateway with two sites?'],
    ['gateway', 'do we have to use a route-based gateway for point-to-site?'],
    ['gateway', 'our Cisco router is policy-based, which is fine I guess'],
    ['sku', 'should we use VpnGw2 for 600 Mbps?'],
    ['sku', 'do I have to use VpnGw3?'],
    ['sku', 'we are thinking about running VpnGw1'],
    ['device', 'we want to buy a new FortiGate next month'],
    ['device', 'should I get a Fortigate?'],
    ['device', 'which Cisco router do you recommend'],
    ['device', 'we are considering a small Meraki'],
    ['device', 'our boss says we might order a WatchGuard'],
    ['device', 'the VPN is slow'],
    ['device', 'I restarted the router and it still does not work'],
    ['device', 'VPN router settings'],
    ['device', 'do I need a VPN firewall?'],
    ['device-kind', 'we plan to buy a SonicWall'],
    ['device-kind', 'is it possible to use pfSense?'],
    ['p2s-auth', 'planning to use radius'],
    ['p2s-auth', 'we would like to use our laptops with radius or certificates'],
    ['p2s-auth', 'I get a certificate error'],
    ['public-ip', 'must the office have a public IP?'],
    ['public-ip', 'does our gateway have a public IP?'],
    ['bgp', 'why does transit require BGP?'],
    ['tunnels', 'can it do more than 10 tunnels?'],
    ['clients', 'we run Windows VMs and Linux VMs in Azure'],
    ['ike', 'the Basic SKU does not support IKEv2, right?'],
    ['ranges-overlap', 'what happens if address spaces overlap?'],
    ['same-cloud', 'do both have to be in the same region?'],
    ['environment', 'we make videos, film production mostly'],
  ])('of %s: "%s"', (name, message) => {
    expect(said(message)[name]).toBeUndefined();
  });
});
