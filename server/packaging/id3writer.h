#pragma once

#include <string>
#include <string_view>

namespace marea::server {

// Writes an ID3v2.4 tag (id3.org: ID3v2.4.0 structure and frames). Texts are UTF-8; empty ones are left out.
class Id3Writer {
public:
    void frame(std::string_view id, std::string_view body);
    void text(std::string_view id, std::string_view value);              // several values: with a NUL between them
    void userText(std::string_view name, std::string_view value);        // TXXX
    void inLanguage(std::string_view id, std::string_view value);        // COMM, USLT: of no language in particular
    void frontCover(std::string_view mimeType, std::string_view bytes);  // APIC

    std::string take();  // nothing where nothing was added

private:
    std::string frames_;
};

}  // namespace marea::server
