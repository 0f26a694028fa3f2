#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/apps/files/fileswords.h"

namespace marea::server {

// What every page for files has.
struct FilesFrame {
    const FilesWords& words;
    std::string serverName;
    std::string problem = {};  // what went wrong, in words; "": nothing
};

// One title or collection in a list.
struct FilesEntry {
    struct Download {
        std::string href, label;
    };
    std::string title, detail;
    std::string href;     // of what a collection has; "": it is none
    std::string picture;  // "": none
    bool square = false;  // of music
    std::vector<Download> downloads = {};
    std::string note = {};  // why there is none
};

struct FilesList {
    std::string tab;      // "films", "series", "music", or "" for none of them
    std::string query;    // what was searched for
    std::string heading;  // "": none
    std::vector<FilesEntry> entries = {};
    std::string more = {};       // where the list goes on; "": it does not
    bool isCut = false;          // more was found than a search gives
    bool givesPasswords = true;  // for file managers
};

// Whole HTML documents without scripts. Every text that is given is shown as text.
// `codeOnly`: there is no name to type, but the code that another screen shows.
std::string filesEnterPage(const FilesFrame& frame, bool codeOnly, std::string_view username);
std::string filesListPage(const FilesFrame& frame, const FilesList& list);
// How a file manager opens the same titles.
struct FilesFolders {
    std::string address, user, password;
};
std::string filesFoldersPage(const FilesFrame& frame, const FilesFolders& folders);
std::string filesMessagePage(const FilesFrame& frame, std::string_view title, std::string_view text);

}  // namespace marea::server
