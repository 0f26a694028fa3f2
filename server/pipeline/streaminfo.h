#pragma once

#include "core/media/mediainfo.h"

struct AVStream;
struct AVFormatContext;
struct AVDictionary;

namespace marea::server {

class TagFields;

// What libav knows of a stream, in Marea's words.
core::StreamInfo describeStream(AVFormatContext* context, AVStream* stream);

// True when nothing more would come from reading into the file (avformat_find_stream_info).
bool isComplete(const AVFormatContext* context);

// Degrees clockwise to apply for display: 0, 90, 180, 270.
int rotationOf(const AVStream* stream);

int dolbyVisionProfile(const AVStream* stream);  // 0: none

bool isEncrypted(const AVFormatContext* context);

void addFields(TagFields& fields, const AVDictionary* metadata);

}  // namespace marea::server
