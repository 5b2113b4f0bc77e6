import { describe, expect, it } from '@jest/globals';
import { type AddressFault, type AddressKind, faultOfUrl, kindOfAddress } from './address.js';

describe('an IP address', () => {
  it.each<[address: string, kind: AddressKind]>([
    ['93.184.216.34', 'public'],
    ['172.15.255.255', 'public'],
    ['172.32.0.0', 'public'],
    ['2606:2800:220:1:248:1893:25c8:1946', 'public'],
    ['::ffff:93.184.216.34', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['0.0.0.0', 'private'],
    ['10.1.2.3', 'private'],
    ['100.64.0.1', 'private'],
    ['169.254.169.254', 'private'],
    ['::ffff:169.254.169.254', 'private'],
    ['::ffff:a9fe:a9fe', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.192', 'private'],
    ['192.168.1.1', 'private'],
    ['198.18.0.1', 'private'],
    ['224.0.0.1', 'private'],
    ['255.255.255.255', 'private'],
    ['::', 'private'],
    ['::10.0.0.1', 'private'],
    ['fe80::1', 'private'],
    ['fe80::1%eth0', 'private'],
    ['fc00::1', 'private'],
    ['fd00:ec2::254', 'private'],
    ['ff02::1', 'private'],
    ['64:ff9b::a9fe:a9fe', 'private'],
    ['2001:db8::1', 'private'],
    ['2001::1', 'private'],
    ['2002:a9fe:a9fe::1', 'private'],
    ['1.2.3', 'private'],
    ['1.2.3.4.5', 'private'],
    ['2606::1::2', 'private'],
    ['2606:1:2', 'private'],
    ['2606:2800:220:1:248:1893:25c8:1946:1', 'private'],
    ['example.org', 'private'],
    ['', 'private'],
  ])('%s is %s', (address, kind) => expect(kindOfAddress(address)).toBe(kind));
});

describe('where messages may go', () => {
  it.each([
    'https://ars.example.org/convergence',
    'https://ars.example.org:443/',
    'https://ars.example.org:8443/a/b',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/',
  ])('is %s', (url) => expect(faultOfUrl(url, false)).toBeUndefined());

  it.each<[url: string, fault: AddressFault]>([
    ['ars.example.org', 'form'],
    ['https://', 'form'],
    ['http://ars.example.org/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://ars.example.org/', 'scheme'],
    ['https://nom@ars.example.org/', 'more'],
    ['https://ars.example.org/?token=1', 'more'],
    ['https://ars.example.org/#a', 'more'],
    ['https://ars.example.org:22/', 'port'],
    ['https://localhost/', 'private'],
    ['https://intranet/', 'private'],
    ['https://metadata.google.internal/', 'private'],
    ['https://imprimante.local/', 'private'],
    ['https://127.0.0.1/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://0x7f000001/', 'private'],
    ['https://0177.0.0.1/', 'private'],
    ['https://127.1/', 'private'],
    ['https://2852039166/', 'private'],
    ['https://169.254.169.254/latest/meta-data/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://[::ffff:10.0.0.1]/', 'private'],
    ['https://[fd00:ec2::254]/', 'private'],
    ['https://０x7f.1/', 'private'],
  ])('is not %s (%s)', (url, fault) => expect(faultOfUrl(url, false)).toBe(fault));

  it.each(['http://127.0.0.1:4567/', 'http://localhost:4567/', 'http://[::1]:4567/', 'https://127.0.0.1:4567/'])(
    'is %s where the installation allows this machine',
    (url) => expect(faultOfUrl(url, true)).toBeUndefined(),
  );
  it.each<[url: string, fault: AddressFault]>([
    ['http://ars.example.org/', 'scheme'],
    ['https://10.0.0.1/', 'private'],
    ['http://10.0.0.1/', 'scheme'],
    ['http://nom:secret@127.0.0.1/', 'more'],
  ])('is still not %s there', (url, fault) => expect(faultOfUrl(url, true)).toBe(fault));
});
