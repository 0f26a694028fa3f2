#include "app/embedded/servertexts.h"

#include <cstring>
#include <QLocale>

#include "server/host/homehost.h"

namespace marea::app {

// Null where it is as the catalogue does not have it: others are asked then.
QString ServerTexts::translate(const char* context, const char* text, const char*, int) const {
    if (!context || !text || std::strcmp(context, "Player") != 0)
        return {};
    const std::string said =
        server::HomeHost::inLanguage(text, QLocale().bcp47Name().section(QLatin1Char('-'), 0, 0).toStdString());
    return said == text ? QString() : QString::fromStdString(said);
}

}  // namespace marea::app
