import QtQuick
import Marea
import Marea.App

// How loud the track that plays is from end to end, filled up to where one is; a click goes there. The seek bar says and
// does the same for those who do not see it.
Item {
    id: wave
    required property WaveformViewModel waveform
    visible: waveform.available
    Accessible.ignored: true
    Component.onCompleted: waveform.look()

    WaveformItem { anchors.fill: parent; peaks: wave.waveform.peaks; color: Theme.trackMore; Accessible.ignored: true }
    Item {
        width: wave.width * wave.waveform.progress
        height: wave.height
        clip: true
        Accessible.ignored: true
        WaveformItem { objectName: "played"; width: wave.width; height: wave.height; peaks: wave.waveform.peaks; color: Theme.accent; Accessible.ignored: true }
    }
    MouseArea {
        anchors.fill: parent
        cursorShape: Qt.PointingHandCursor
        Accessible.ignored: true
        onClicked: (mouse) => wave.waveform.seekTo(mouse.x / wave.width)
    }
}
