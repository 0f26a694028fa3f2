#pragma once

#include "app/platform/partwisenowplaying.h"

namespace marea::app {

// macOS's MPNowPlayingInfoCenter and MPRemoteCommandCenter: keyboards, headsets, Now Playing in the control centre, the
// lock screen.
class CenterNowPlaying final : public PartwiseNowPlaying {
public:
    explicit CenterNowPlaying(QObject* parent = nullptr);
    ~CenterNowPlaying() override;

protected:
    void tellTitle(const MediaTitle& title) override;
    void tellPicture(const QByteArray& picture) override;
    void tellButtons(const MediaButtons& buttons) override;
    void tellModes(const MediaModes& modes) override;
    void tellPlace(const MediaPlace& place) override;

private:
    struct System;
    std::unique_ptr<System> system_;
};

}  // namespace marea::app
