#include "app/platform/smtcnowplaying.h"

#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>

#include <roapi.h>
#include <shcore.h>
#include <shlwapi.h>
#include <systemmediatransportcontrolsinterop.h>
#include <windows.media.h>
#include <windows.storage.streams.h>
#include <winstring.h>
#include <wrl/client.h>
#include <atomic>
#include <cmath>

// The plain binary interface of the Windows Runtime, which both MSVC's and mingw-w64's (from 12 on) headers have.
// learn.microsoft.com/windows/win32/api/systemmediatransportcontrolsinterop
namespace marea::app {
namespace {

using namespace ABI::Windows::Media;
using ABI::Windows::Foundation::ITypedEventHandler;
using ABI::Windows::Foundation::TimeSpan;
using ABI::Windows::Storage::Streams::IRandomAccessStream;
using ABI::Windows::Storage::Streams::IRandomAccessStreamReference;
using ABI::Windows::Storage::Streams::IRandomAccessStreamReferenceStatics;
using Microsoft::WRL::ComPtr;

// As its documentation has it: the panel does not count by itself everywhere.
constexpr std::chrono::seconds kPlaceEvery{5};

bool succeeded(HRESULT result, const char* what) {
    if (FAILED(result))
        qWarning("The system's media controls: %s: 0x%08lx", what, static_cast<unsigned long>(result));
    return SUCCEEDED(result);
}

boolean flag(bool on) {
    return on ? 1 : 0;
}

TimeSpan spanOf(double seconds) {
    return {std::llround(seconds * 1e7)};  // of 100 ns
}

class SystemText {
public:
    explicit SystemText(const QString& text) {
        WindowsCreateString(reinterpret_cast<const wchar_t*>(text.utf16()), static_cast<UINT32>(text.size()), &text_);
    }
    explicit SystemText(const wchar_t* text) { WindowsCreateString(text, static_cast<UINT32>(wcslen(text)), &text_); }
    ~SystemText() { WindowsDeleteString(text_); }
    SystemText(const SystemText&) = delete;
    SystemText& operator=(const SystemText&) = delete;
    HSTRING get() const { return text_; }

private:
    HSTRING text_ = nullptr;  // null is the empty one
};

template <class Interface>
HRESULT factoryOf(const wchar_t* name, ComPtr<Interface>& factory) {
    return RoGetActivationFactory(SystemText(name).get(), IID_PPV_ARGS(factory.GetAddressOf()));
}

// Called by the system on threads of its own, also while it is taken back: it has the relay, and nothing else of ours.
template <class Args, class ArgsInterface, class Call>
class SystemHandler final : public ITypedEventHandler<SystemMediaTransportControls*, Args*> {
    using Handled = ITypedEventHandler<SystemMediaTransportControls*, Args*>;

public:
    SystemHandler(std::shared_ptr<MediaRelay> relay, Call call) : relay_(std::move(relay)), call_(call) {}

    HRESULT STDMETHODCALLTYPE Invoke(ISystemMediaTransportControls*, ArgsInterface* args) override {
        return args ? call_(*relay_, *args) : E_POINTER;
    }

    // IAgileObject has no methods: it says that any thread may call.
    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID wanted, void** found) override {
        if (!found)
            return E_POINTER;
        const bool known = IsEqualIID(wanted, __uuidof(IUnknown)) || IsEqualIID(wanted, __uuidof(IAgileObject)) ||
                           IsEqualIID(wanted, __uuidof(Handled));
        *found = known ? static_cast<Handled*>(this) : nullptr;
        if (!known)
            return E_NOINTERFACE;
        AddRef();
        return S_OK;
    }
    ULONG STDMETHODCALLTYPE AddRef() override { return ++held_; }
    ULONG STDMETHODCALLTYPE Release() override {
        const ULONG left = --held_;
        if (left == 0)
            delete this;
        return left;
    }

private:
    std::shared_ptr<MediaRelay> relay_;
    Call call_;
    std::atomic<ULONG> held_ = 1;
};

template <class Args, class ArgsInterface, class Call>
ComPtr<ITypedEventHandler<SystemMediaTransportControls*, Args*>> handlerOf(std::shared_ptr<MediaRelay> relay,
                                                                           Call call) {
    ComPtr<ITypedEventHandler<SystemMediaTransportControls*, Args*>> handler;
    handler.Attach(new SystemHandler<Args, ArgsInterface, Call>(std::move(relay), call));
    return handler;
}

HRESULT onButton(MediaRelay& relay, ISystemMediaTransportControlsButtonPressedEventArgs& args) {
    SystemMediaTransportControlsButton button{};
    const HRESULT result = args.get_Button(&button);
    if (FAILED(result))
        return result;
    switch (button) {
        case SystemMediaTransportControlsButton_Play:
            relay.press(MediaPress::Play);
            break;
        case SystemMediaTransportControlsButton_Pause:
            relay.press(MediaPress::Pause);
            break;
        case SystemMediaTransportControlsButton_Stop:
            relay.press(MediaPress::Stop);
            break;
        case SystemMediaTransportControlsButton_Next:
            relay.press(MediaPress::Next);
            break;
        case SystemMediaTransportControlsButton_Previous:
            relay.press(MediaPress::Previous);
            break;
        case SystemMediaTransportControlsButton_FastForward:
            relay.press(MediaPress::StepOn);
            break;
        case SystemMediaTransportControlsButton_Rewind:
            relay.press(MediaPress::StepBack);
            break;
        default:
            break;  // recording and channels were not offered
    }
    return S_OK;
}

HRESULT onPlace(MediaRelay& relay, IPlaybackPositionChangeRequestedEventArgs& args) {
    TimeSpan place{};
    const HRESULT result = args.get_RequestedPlaybackPosition(&place);
    if (SUCCEEDED(result))
        relay.seek(static_cast<double>(place.Duration) / 1e7);
    return result;
}

HRESULT onSpeed(MediaRelay& relay, IPlaybackRateChangeRequestedEventArgs& args) {
    double factor = 0;
    const HRESULT result = args.get_RequestedPlaybackRate(&factor);
    if (SUCCEEDED(result))
        relay.setSpeed(factor);
    return result;
}

HRESULT onShuffle(MediaRelay& relay, IShuffleEnabledChangeRequestedEventArgs& args) {
    boolean on = 0;
    const HRESULT result = args.get_RequestedShuffleEnabled(&on);
    if (SUCCEEDED(result))
        relay.setShuffle(on != 0);
    return result;
}

MediaPlaybackAutoRepeatMode modeOf(NowPlayingState::Repeat repeat) {
    using Repeat = NowPlayingState::Repeat;
    return repeat == Repeat::One   ? MediaPlaybackAutoRepeatMode_Track
           : repeat == Repeat::All ? MediaPlaybackAutoRepeatMode_List
                                   : MediaPlaybackAutoRepeatMode_None;
}

HRESULT onRepeat(MediaRelay& relay, IAutoRepeatModeChangeRequestedEventArgs& args) {
    using Repeat = NowPlayingState::Repeat;
    MediaPlaybackAutoRepeatMode mode{};
    const HRESULT result = args.get_RequestedAutoRepeatMode(&mode);
    if (FAILED(result))
        return result;
    for (const auto repeat : {Repeat::Off, Repeat::All, Repeat::One})
        if (modeOf(repeat) == mode)
            relay.setRepeat(repeat);
    return S_OK;
}

MediaPlaybackStatus statusOf(MediaModes::Status status) {
    using Status = MediaModes::Status;
    return status == Status::Playing  ? MediaPlaybackStatus_Playing
           : status == Status::Paused ? MediaPlaybackStatus_Paused
                                      : MediaPlaybackStatus_Closed;
}

// The system reads it when it likes, so it holds a copy.
HRESULT referenceTo(const QByteArray& bytes, ComPtr<IRandomAccessStreamReference>& reference) {
    ComPtr<IStream> memory;
    memory.Attach(SHCreateMemStream(reinterpret_cast<const BYTE*>(bytes.constData()), static_cast<UINT>(bytes.size())));
    if (!memory)
        return E_OUTOFMEMORY;
    ComPtr<IRandomAccessStream> stream;
    HRESULT result =
        CreateRandomAccessStreamOverStream(memory.Get(), BSOS_DEFAULT, IID_PPV_ARGS(stream.GetAddressOf()));
    ComPtr<IRandomAccessStreamReferenceStatics> factory;
    if (SUCCEEDED(result))
        result = factoryOf(RuntimeClass_Windows_Storage_Streams_RandomAccessStreamReference, factory);
    return SUCCEEDED(result) ? factory->CreateFromStream(stream.Get(), reference.GetAddressOf()) : result;
}

}  // namespace

struct SmtcNowPlaying::System {
    ComPtr<ISystemMediaTransportControls> controls;
    ComPtr<ISystemMediaTransportControls2> more;
    ComPtr<ISystemMediaTransportControlsDisplayUpdater> display;
    EventRegistrationToken button{}, place{}, speed{}, shuffle{}, repeat{};

    HRESULT open(HWND window) {
        ComPtr<ISystemMediaTransportControlsInterop> interop;
        HRESULT result = factoryOf(RuntimeClass_Windows_Media_SystemMediaTransportControls, interop);
        if (SUCCEEDED(result))
            result = interop->GetForWindow(window, IID_PPV_ARGS(controls.GetAddressOf()));
        if (SUCCEEDED(result))
            result = controls.As(&more);
        if (SUCCEEDED(result))
            result = controls->get_DisplayUpdater(display.GetAddressOf());
        return SUCCEEDED(result) ? controls->put_IsEnabled(flag(false)) : result;  // nothing is loaded yet
    }

    void listen(const std::shared_ptr<MediaRelay>& relay) {
        succeeded(
            controls->add_ButtonPressed(handlerOf<SystemMediaTransportControlsButtonPressedEventArgs,
                                                  ISystemMediaTransportControlsButtonPressedEventArgs>(relay, &onButton)
                                            .Get(),
                                        &button),
            "buttons");
        succeeded(more->add_PlaybackPositionChangeRequested(
                      handlerOf<PlaybackPositionChangeRequestedEventArgs, IPlaybackPositionChangeRequestedEventArgs>(
                          relay, &onPlace)
                          .Get(),
                      &place),
                  "places");
        succeeded(
            more->add_PlaybackRateChangeRequested(
                handlerOf<PlaybackRateChangeRequestedEventArgs, IPlaybackRateChangeRequestedEventArgs>(relay, &onSpeed)
                    .Get(),
                &speed),
            "speed");
        succeeded(more->add_ShuffleEnabledChangeRequested(
                      handlerOf<ShuffleEnabledChangeRequestedEventArgs, IShuffleEnabledChangeRequestedEventArgs>(
                          relay, &onShuffle)
                          .Get(),
                      &shuffle),
                  "shuffle");
        succeeded(more->add_AutoRepeatModeChangeRequested(
                      handlerOf<AutoRepeatModeChangeRequestedEventArgs, IAutoRepeatModeChangeRequestedEventArgs>(
                          relay, &onRepeat)
                          .Get(),
                      &repeat),
                  "repeat");
    }

    ~System() {
        if (!display)
            return;
        controls->remove_ButtonPressed(button);
        more->remove_PlaybackPositionChangeRequested(place);
        more->remove_PlaybackRateChangeRequested(speed);
        more->remove_ShuffleEnabledChangeRequested(shuffle);
        more->remove_AutoRepeatModeChangeRequested(repeat);
        controls->put_IsEnabled(flag(false));
    }

    HRESULT setMusic(const MediaTitle& title) {
        ComPtr<IMusicDisplayProperties> music;
        ComPtr<IMusicDisplayProperties2> album;
        HRESULT result = display->get_MusicProperties(music.GetAddressOf());
        if (SUCCEEDED(result))
            result = music->put_Title(SystemText(title.title).get());
        if (SUCCEEDED(result))
            result = music->put_Artist(SystemText(title.artist).get());
        if (SUCCEEDED(result))
            result = music.As(&album);
        return SUCCEEDED(result) ? album->put_AlbumTitle(SystemText(title.album).get()) : result;
    }

    HRESULT setVideo(const MediaTitle& title) {
        ComPtr<IVideoDisplayProperties> video;
        HRESULT result = display->get_VideoProperties(video.GetAddressOf());
        if (SUCCEEDED(result))
            result = video->put_Title(SystemText(title.title).get());
        return SUCCEEDED(result) ? video->put_Subtitle(SystemText(title.artist).get()) : result;
    }
};

SmtcNowPlaying::SmtcNowPlaying(quintptr window, QObject* parent)
    : PartwiseNowPlaying(kPlaceEvery, parent), system_(std::make_unique<System>()) {
    if (succeeded(system_->open(reinterpret_cast<HWND>(window)), "they are not to be had"))
        system_->listen(relay());
    else
        system_.reset();
}

SmtcNowPlaying::~SmtcNowPlaying() = default;

// ClearAll() takes the kind away, too, without which nothing is shown.
void SmtcNowPlaying::tellTitle(const MediaTitle& title) {
    if (!system_)
        return;
    auto& display = *system_->display.Get();
    HRESULT result = display.ClearAll();
    if (SUCCEEDED(result))
        result = display.put_Type(title.music ? MediaPlaybackType_Music : MediaPlaybackType_Video);
    if (SUCCEEDED(result))
        result = title.music ? system_->setMusic(title) : system_->setVideo(title);
    if (SUCCEEDED(result))
        result = display.Update();
    succeeded(result, "the title");
}

void SmtcNowPlaying::tellPicture(const QByteArray& picture) {
    if (!system_)
        return;
    ComPtr<IRandomAccessStreamReference> reference;
    HRESULT result = referenceTo(picture, reference);
    if (SUCCEEDED(result))
        result = system_->display->put_Thumbnail(reference.Get());
    if (SUCCEEDED(result))
        result = system_->display->Update();
    succeeded(result, "the picture");
}

void SmtcNowPlaying::tellButtons(const MediaButtons& buttons) {
    if (!system_)
        return;
    auto& controls = *system_->controls.Get();
    for (const HRESULT result :
         {controls.put_IsEnabled(flag(buttons.loaded)), controls.put_IsPlayEnabled(flag(buttons.loaded)),
          controls.put_IsPauseEnabled(flag(buttons.loaded)), controls.put_IsStopEnabled(flag(buttons.loaded)),
          controls.put_IsNextEnabled(flag(buttons.next)), controls.put_IsPreviousEnabled(flag(buttons.previous)),
          controls.put_IsFastForwardEnabled(flag(buttons.steps)), controls.put_IsRewindEnabled(flag(buttons.steps))})
        succeeded(result, "what can be pressed");
}

void SmtcNowPlaying::tellModes(const MediaModes& modes) {
    if (!system_)
        return;
    for (const HRESULT result :
         {system_->controls->put_PlaybackStatus(statusOf(modes.status)),
          system_->more->put_ShuffleEnabled(flag(modes.shuffle)),
          system_->more->put_AutoRepeatMode(modeOf(modes.repeat)), system_->more->put_PlaybackRate(modes.speed)})
        succeeded(result, "how it plays");
}

// One that cannot go to any place has no room to go to.
void SmtcNowPlaying::tellPlace(const MediaPlace& place) {
    if (!system_)
        return;
    ComPtr<IInspectable> made;
    ComPtr<ISystemMediaTransportControlsTimelineProperties> line;
    const SystemText name(RuntimeClass_Windows_Media_SystemMediaTransportControlsTimelineProperties);
    if (!succeeded(RoActivateInstance(name.get(), made.GetAddressOf()), "a timeline") ||
        !succeeded(made.As(&line), "a timeline"))
        return;
    const TimeSpan start = spanOf(0), end = spanOf(place.duration);
    for (const HRESULT result :
         {line->put_StartTime(start), line->put_MinSeekTime(start), line->put_EndTime(end), line->put_MaxSeekTime(end),
          line->put_Position(spanOf(place.position)), system_->more->UpdateTimelineProperties(line.Get())})
        succeeded(result, "the place");
}

}  // namespace marea::app
