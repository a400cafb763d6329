import path from 'node:path';
import { type Facts, factsSaid, type SharedFacts } from '../../dialogs/facts';
import { loadFacts } from '../../dialogs/load-facts';
import { readMessage } from '../../dialogs/said-phrase';

let facts: Facts;
beforeAll(async () => {
  const loaded = await loadFacts(path.join(__dirname, '../../dialogs/facts.yaml'));
  expect(loaded.faults).toEqual([]);
  facts = loaded.facts;
});

const said = (message: string): SharedFacts => factsSaid(facts, readMessage(message));

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
