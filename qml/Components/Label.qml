import QtQuick
import Marea

// All text. Plain, always: titles and tags come from files.
Text {
    id: label
    property int weight: Font.Normal
    property bool tabular: false   // figures of one width, where Qt can have a font's features (6.7)
    onTabularChanged: if (tabular && font.features !== undefined) font.features = {"tnum": 1}

    color: Theme.text
    textFormat: Text.PlainText
    elide: Text.ElideRight
    font.family: Theme.family
    font.pixelSize: Theme.small
    font.weight: weight
    renderType: Text.QtRendering
}
