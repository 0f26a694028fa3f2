import QtQuick
import QtQuick.Window
import Marea

// A Lucide icon, drawn at the pixels it covers and in one colour.
Image {
    id: icon
    required property string name
    property color color: Theme.text
    property int size: Theme.icon
    property bool solid: false

    width: size
    height: size
    sourceSize: Qt.size(Math.round(size * Screen.devicePixelRatio), Math.round(size * Screen.devicePixelRatio))
    source: name === "" ? "" : "image://icon/" + name + "/" + String(color).replace("#", "") + (solid ? "/on" : "")
    Accessible.ignored: true
}
