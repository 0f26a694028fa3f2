#pragma once

#include <string>
#include <string_view>

#include "server/packaging/presentation.h"

namespace marea::server {

// HLS playlists (RFC 8216 and draft-pantos-hls-rfc8216bis). Addresses are relative to hls/<file>/<plan>/ for
// multivariant playlists, else to the rendition's folder.

// `key`: of protected titles, the tag of their key as a line of its own (server/protection/manifests.h).

// master.m3u8: video variants with audio and subtitles as groups; for a title without a picture its audio.
std::string hlsMaster(const Presentation& presentation, std::string_view fileId, std::string_view key = {});

// ts.m3u8, for old players: each video with the first audio in MPEG-TS. Empty when nothing of it fits into that.
std::string hlsMuxedMaster(const Presentation& presentation, const core::MediaInfo& file, const MediaIndex& index,
                           std::string_view fileId);

// media.m3u8 of a rendition: MPEG-TS where it has two tracks, else MP4.
std::string hlsMedia(const Rendition& rendition, std::string_view key = {});

// pictures.m3u8 of a video rendition: its pictures that decode alone, each a segment of its own, "p<N>.m4s".
std::string hlsPictures(const Rendition& rendition, std::string_view key = {});

// sprites/images.m3u8: sheets of thumbnails ("HLS Image Media Playlist", version 0.4, which players took up).
std::string hlsImages(const Thumbnails& thumbnails);

// media.m3u8 of a WebVTT file: one segment, hls.vtt.
std::string hlsSubtitles(Ticks duration);

}  // namespace marea::server
