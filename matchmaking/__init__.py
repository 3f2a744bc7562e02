"""Gặp Gỡ: conferences with foreign partners, from first invitation to signed commitment."""
