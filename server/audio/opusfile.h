#pragma once

#include "server/audio/musicfile.h"

namespace marea::server {

// An Ogg Opus file (RFC 3533, RFC 7845) of hard constant bitrate, laid out before a frame of it is made: all packets
// are of one size, and so every page's place is known. Packets made by different encoders (or twice by one) may differ,
// and are interchangeable: what one leaves off the next takes up, so that a client may have parts of different makings.
// Players leave out the frames that lead in (pre-skip), and stop at the last sample (the last page's granule position).
// nullptr for bitrates out of bounds, and for more than two channels.
MusicFilePtr opusFile(const MusicWish& wish);

// 80 ms, in which every decoder settles: RFC 7845 section 4.6.
constexpr int kOpusLeadIn = 4;  // frames

bool isOpusBitrate(int channels, int kbit);

}  // namespace marea::server
