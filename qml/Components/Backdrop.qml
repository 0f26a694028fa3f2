import QtQuick
import QtQuick.Window
import Marea

// The colours of a title's artwork, washed out behind the top of its page.
Item {
    id: backdrop
    property string path: ""
    readonly property real strength: Theme.dark ? 0.5 : 0.35
    clip: true
    Image {
        id: wash
        anchors.fill: parent
        asynchronous: true
        sourceSize: Qt.size(192, 108)
        source: backdrop.path === "" ? "" : "image://artwork/" + (Theme.dark ? "dim" : "pale") + backdrop.path
        opacity: status === Image.Ready ? backdrop.strength : 0
        fillMode: Image.Stretch
        smooth: true
        Behavior on opacity { NumberAnimation { duration: Theme.calm } }
        Accessible.ignored: true
    }
    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            GradientStop { position: 0; color: Theme.background }
            GradientStop { position: 0.22; color: "transparent" }
            GradientStop { position: 1; color: Theme.background }
        }
    }
}
