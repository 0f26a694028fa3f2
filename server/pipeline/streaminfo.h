#pragma once

#include <cstddef>
#include <cstdint>

#include "core/media/mediainfo.h"
#include "server/pipeline/libav.h"

namespace marea::server {

class TagFields;

// Side data of a stream, wherever this version of libav keeps it. nullptr: none.
const std::uint8_t* streamSideData(const AVStream* stream, AVPacketSideDataType type, std::size_t& size);

// What libav knows of a stream, in Marea's words.
core::StreamInfo describeStream(AVFormatContext* context, AVStream* stream);

// True when nothing more would come from reading into the file (avformat_find_stream_info).
bool isComplete(const AVFormatContext* context);

// Degrees clockwise to apply for display: 0, 90, 180, 270.
int rotationOf(const AVStream* stream);

int dolbyVisionProfile(const AVStream* stream);        // 0: none
int dolbyVisionCompatibility(const AVStream* stream);  // of its base layer, core/media/dynamicrange.h; 0: none
// Where there is a base layer, its transfer says what it is; files are at times wrong about it, or silent.
int dolbyVisionCompatibility(const AVDOVIDecoderConfigurationRecord& record, AVColorTransferCharacteristic transfer);

bool isEncrypted(const AVFormatContext* context);

void addFields(TagFields& fields, const AVDictionary* metadata);

}  // namespace marea::server
