#pragma once

#include "server/audio/musicfile.h"

namespace marea::server {

// An MP3 file of constant bitrate at 48 kHz, laid out before a frame of it is made. ISO/IEC 11172-3: each frame holds
// 1152 samples in exactly 3 bytes × kbit/s, and as they are made without a bit reservoir each stands for itself. In
// front stand an ID3 tag, and a frame that decodes to silence and tells players the file's length, how to seek by
// bytes, and which samples to leave out so that albums have no gaps (the "Info" header of Xing and LAME).
// nullptr for bitrates that are not of the standard's table, and for more than two channels.
MusicFilePtr mp3File(const MusicWish& wish);

constexpr int kMostMp3Kbit = 320;
constexpr int kMp3LeadIn = 1;  // frames

bool isMp3Bitrate(int kbit);

}  // namespace marea::server
