#pragma once

#include <string_view>

namespace marea::server {

// What the pages for files say, in one language. "%1" stands for what is filled in.
struct FilesWords {
    std::string_view language;  // BCP 47
    char decimalPoint = '.';
    std::string_view title, enterTitle, enterLead, enterCodeLead, name, password, code, enter, leave, browser;
    std::string_view wrong, wrongCode, tooMany, tooManyDevices, failed, failedTitle, gone, goneText, refused, back;
    std::string_view closedTitle, stopped;
    std::string_view folders, foldersTitle, foldersText, foldersAddress, foldersOnce, foldersFull;
    std::string_view search, searchShort, films, series, music, foundFor, nothingFound, narrower, empty, more;
    std::string_view download, downloadOf, part, isProtected, isBroken, season, specials, episode, oneEpisode, episodes,
        track, tracks;
};

// English, or Spanish where `acceptLanguage` (RFC 9110 section 12.5.4) likes that better.
const FilesWords& filesWordsFor(std::string_view acceptLanguage);

}  // namespace marea::server
