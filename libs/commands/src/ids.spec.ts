import { expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { applicationId, idFrom } from './ids.js';

it('makes the UUIDv5 of its parts', () => {
  // RFC 9562, 5.5, computed here the long way.
  const bytes = createHash('sha1')
    .update(Buffer.from('a3f1c6de5f0b4c399d0f3b1f6a2d7c10', 'hex'))
    .update('é\nb')
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  expect(idFrom('é', 'b')).toBe(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
  );
});

it('is the same for the same applicant, call and number, and no other', () => {
  const id = applicationId('call', '38033590100027', 1);
  expect(applicationId('call', '38033590100027', 1)).toBe(id);
  expect(applicationId('call', '38033590100027', 2)).not.toBe(id);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
