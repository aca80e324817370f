import { describe, expect, it } from 'vitest'
import { isPrivateAddress, safeUrl } from '../../../src/main/network/addresses.ts'

describe('addresses we talk to', () => {
  it.each([
    '10.1.2.3',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'fc00::1',
    'ff02::1',
    '::ffff:10.0.0.1',
    '[::1]',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:1::1',
    '2001::1',
    '2001:0:ffff:ffff:ffff:ffff:ffff:ffff',
    '64:ff9b:1::a00:1',
    '64:ff9b:1:ffff:ffff:ffff:a00:1',
    '192.0.0.8',
    '198.18.0.1',
    'fec0::1',
    '::127.0.0.1',
  ])('knows %s as private', (address) => {
    expect(isPrivateAddress(address)).toBe(true)
  })

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '172.15.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2001:1::1',
    '2001:4860:4860::8888',
    '64:ff9b:2::1',
    '::ffff:8.8.8.8',
  ])('knows %s as public', (address) => {
    expect(isPrivateAddress(address)).toBe(false)
  })

  it.each([
    'http://api.example.com',
    'https://10.0.0.1',
    'https://[fd00::1]/',
    'https://127.0.0.1',
    'http://localhost:1',
    'ftp://example.com',
    'https://user:secret@example.com',
    'not a url',
    'file:///etc/passwd',
    'https://0x7f000001/',
    'https://[::ffff:192.168.0.1]/',
  ])('refuses %s for a provider elsewhere', (url) => {
    expect(safeUrl(url, false).ok).toBe(false)
  })

  it('takes https to a public name, and this machine only where that is allowed', () => {
    expect(safeUrl('https://api.example.com/x', false).ok).toBe(true)
    expect(safeUrl('http://127.0.0.1:8080/x', true).ok).toBe(true)
    expect(safeUrl('http://192.168.0.1/x', true).ok).toBe(false)
  })
})
